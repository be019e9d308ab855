import Backups
import Blocking
import Shell
import Terminal

/// The lines of this session and of earlier ones. Those of a drill are in the drill's own home: at the worst hour, what
/// was typed for a toy must not come up among the lines of real recoveries.
@MainActor
final class TypedLines {
    /// Oldest first.
    private(set) var lines: [String] = []
    private var file: HistoryFile?
    /// The drill whose lines these are, by its home; absent in the real world.
    private var drillHome: String?
    /// What was known when a drill began.
    private var real: (lines: [String], file: HistoryFile?) = ([], nil)
    private let output: Output

    /// - Parameter file: Absent where nothing is kept.
    init(_ file: HistoryFile?, _ output: Output) async {
        self.output = output
        await load(file)
    }

    private func load(_ file: HistoryFile?) async {
        self.file = file
        lines = []
        guard let file else { return }
        do {
            lines = try await BlockingWork.smallFile(at: file.path) { try file.load() }
        } catch {
            output.talk("\(error); this session's lines are not kept")
            self.file = nil
        }
    }

    func remember(_ line: String) async {
        lines.append(line)
        guard let file else { return }
        do {
            try await BlockingWork.smallFile(at: file.path) { try file.append(line) }
        } catch {
            output.talk("\(error)")
        }
    }

    /// Takes the lines of the world that a session is in now.
    ///
    /// - Returns: Whether they are others than before.
    func follow(_ session: Session) async -> Bool {
        let home = session.world?.home
        guard home != drillHome else { return false }
        if drillHome == nil { real = (lines, file) }
        drillHome = home
        if let home {
            await load(HistoryFile(path: HistoryFile.path(below: home)))
        } else {
            (lines, file) = real
        }
        return true
    }
}

extension HistoryFile {
    /// The usual place (XDG Base Directory Specification 0.8), or `nil` without a home directory.
    static func usualPath(home: String?, stateHome: String?) -> String? {
        if let stateHome, stateHome.hasPrefix("/") { return stateHome + "/snapsh/history" }
        return home.map(path)
    }

    fileprivate static func path(below home: String) -> String { home + "/.local/state/snapsh/history" }
}
