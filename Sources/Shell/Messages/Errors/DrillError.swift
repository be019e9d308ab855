import Backups
import Text

/// Why a command of a drill can't do what it is asked.
enum DrillError: UserError, Hinting {
    /// There is no home where drills could be kept.
    case noFolder
    /// The session is in no drill.
    case noDrill
    /// The session is in a drill already.
    case inDrill(String)
    /// There is nothing to go on with.
    case noneUnfinished
    /// Several are unfinished.
    case severalUnfinished([String])
    case unknownSandbox(String, known: [String])
    /// A sandbox that is not complete.
    case unusable(String)
    /// Another session is in the drill, and only that one can end it.
    case inOtherSession(String)
    case missingPrograms(drill: String, [String])
    case unknownDrill(String, nearest: String?)
    case lastHint
    case noHintLeft
    case unknownInject(String, known: [String])
    /// No session is in a drill.
    case noneRunning
    case notProven(Int)
    /// A drill that was ended is not gone.
    case leftBehind(String)
    case wrongForm(Int)
    case wrongResult(Int)
    /// A drill can't be made of a cluster that has none.
    case noBackups

    var code: String {
        switch self {
        case .noFolder: "drill.no-folder"
        case .noDrill: "drill.none"
        case .inDrill: "drill.in-drill"
        case .noneUnfinished, .severalUnfinished, .unknownSandbox: "drill.which"
        case .unusable: "drill.unusable"
        case .inOtherSession: "drill.other-session"
        case .missingPrograms: "drill.missing-program"
        case .unknownDrill: "drill.unknown"
        case .lastHint: "drill.last-hint"
        case .noHintLeft: "drill.no-hint-left"
        case .unknownInject: "drill.unknown-inject"
        case .noneRunning: "drill.none-running"
        case .notProven: "drill.not-proven"
        case .leftBehind: "drill.left-behind"
        case .wrongForm: "drill.wrong-form"
        case .wrongResult: "drill.wrong-result"
        case .noBackups: "drill.no-backups"
        }
    }

    var category: ErrorCategory {
        switch self {
        case .unknownDrill, .unknownSandbox, .noneUnfinished, .unknownInject, .noneRunning, .noBackups: .notFound
        default: .failed
        }
    }

    var description: String {
        switch self {
        case .noFolder: "cannot run drills: there is no home directory to keep them in"
        case .noDrill: "cannot do this: this session is in no drill"
        case .inDrill(let name): "cannot do this in a drill: this session is in \(name.printable)"
        case .noneUnfinished: "cannot resume a drill: none is unfinished"
        case .severalUnfinished: "cannot choose a drill: several are unfinished"
        case .unknownSandbox(let name, _): "cannot find the drill '\(name.printable)': none of that name is unfinished"
        case .unusable(let name): "cannot use the drill \(name.printable): its folder is not complete"
        case .inOtherSession(let name): "cannot do this to the drill \(name.printable): another session is in it"
        case .missingPrograms(let drill, let programs):
            "cannot start the drill \(drill): it needs \(programs.joined(separator: ", ")) on the PATH"
        case .unknownDrill(let name, _): "cannot find the drill '\(name.printable)': there is none of that name"
        case .lastHint: "cannot show the last hint: it is the command itself"
        case .noHintLeft: "cannot give another hint: there is none"
        case .unknownInject(let name, _): "cannot find the inject '\(name.printable)': the drill has none of that name"
        case .noneRunning: "cannot find a drill: no session is in one"
        case .notProven(let count): "\(count) \(count == 1 ? "drill is" : "drills are") not proven"
        case .leftBehind(let what): "cannot remove all that the drill made: \(what.printable) is still there"
        case .wrongForm(let count): "\(count) \(count == 1 ? "place is" : "places are") wrong"
        case .wrongResult(let count):
            "in \(count) \(count == 1 ? "world" : "worlds") the runbook took a wrong result for right"
        case .noBackups: "cannot make a drill: the source in use has no backups of this cluster"
        }
    }

    var hint: NextStep? {
        switch self {
        case .noFolder: "set HOME or XDG_STATE_HOME"
        case .noDrill: "list them: \(line: "drill"); start one: \(line: "drill start NAME")"
        case .inDrill: "leave it first: \(line: "drill stop")"
        case .noneUnfinished: "list them: \(line: "drill"); start one: \(line: "drill start NAME")"
        case .severalUnfinished(let names), .unknownSandbox(_, let names):
            names.isEmpty ? nil : "name one: \(names.joined(separator: ", "))"
        case .unusable: "go to another folder, and remove there what is left of it: \(line: "drill stop")"
        case .inOtherSession: "leave it there, with 'drill stop' or 'exit'"
        case .missingPrograms: "install it, or choose another drill: \(line: "drill")"
        case .unknownDrill(_, let nearest):
            nearest.map { "did you mean '\($0)'?" }
                ?? "a file of your own needs its path, ./NAME.yaml; list the others: \(line: "drill")"
        case .lastHint: "it is shown after a check that fails; check: \(line: "drill check")"
        case .noHintLeft: "see an expert's way: \(line: "drill solution")"
        case .unknownInject(_, let known):
            known.isEmpty ? "this drill has no injects" : "it has: \(known.joined(separator: ", "))"
        case .noneRunning, .notProven, .leftBehind, .wrongForm, .wrongResult, .noBackups: nil
        }
    }
}
