import Backups
import Text

/// What a drill has someone make stays in the drill: elsewhere it would pass for real.
extension Session {
    /// - Throws: `ClosedWorldError` where a path lies out of the drill; `PathFailure`, `CancellationError`.
    func checkWriting(to path: String) async throws {
        guard let world else { return }
        guard world.contains(try await PathText.place(of: path)) else {
            throw ClosedWorldError(.write, path, in: world)
        }
    }

    /// - Throws: `ClosedWorldError` where a drill's backups would be served to other machines.
    func checkServing(_ options: ServeOptions) throws(ClosedWorldError) {
        guard let world, let address = options.address, !address.isLoopback else { return }
        throw ClosedWorldError(.serve, "\(address)", in: world)
    }
}
