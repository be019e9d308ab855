import Files
import FoundationEssentials
import Glibc

/// What a game master asks for from a second terminal: an inject by its name, or a message to the learner.
package enum GameMasterOrder: Sendable, Equatable {
    case inject(String)
    case say(String)

    /// Leaves it for the session that the drill runs in. May block.
    ///
    /// - Throws: `WorldError`.
    package func leave(in sandbox: Sandbox) throws {
        try sandbox.makeFolder(sandbox.orders)
        let text =
            switch self {
            case .inject(let name): "inject \(name)"
            case .say(let text): "say \(text)"
            }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        try sandbox.write(
            Array(text.utf8),
            to: "\(sandbox.orders)/\(time.tv_sec).\(time.tv_nsec + 1_000_000_000).\(getpid())"
        )
    }

    /// Takes what was left, the oldest first. May block.
    static func take(from sandbox: Sandbox) -> [GameMasterOrder] {
        let names = (try? FolderTree.names(in: sandbox.orders)) ?? []
        return names.filter { !$0.hasPrefix(".") }.compactMap { name in
            let path = "\(sandbox.orders)/\(name)"
            guard let bytes = try? sandbox.bytes(of: path) else { return nil }
            unlink(path)
            let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", maxSplits: 1).map(String.init)
            switch words.first {
            case "inject" where words.count == 2: return .inject(words[1])
            case "say" where words.count == 2: return .say(words[1])
            default: return nil
            }
        }
    }
}
