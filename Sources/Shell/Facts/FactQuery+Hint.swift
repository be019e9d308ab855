import Backups
import Language
import Text

extension FactQuery {
    /// What shows more of the thing that the fact is of; `nil` where no line does.
    ///
    /// - Parameter file: The path of the session's file.
    func lookAround(file: String?) -> NextStep? {
        let thing = shown.first.map { Word.shown($0) } ?? ""
        switch fact.name.prefix(while: { $0 != "." && $0 != "(" }) {
        case "pick": return "see all backups, and pick another one: \(line: "ls")"
        case "ls", "source", "cluster": return "see what is there: \(line: "clusters")"
        case "file" where shown.isEmpty:
            return file.map { "see what is in it: \(line: "status \(Word.shown($0))")" }
        case "file" where fact.type == .yesNo: return "see what is wrong with it: \(line: "verify \(thing)")"
        case "file": return "see what is in it: \(line: "status \(thing)")"
        case "key": return "see the keys that there are: \(line: "keys \(thing)")"
        case "data":
            return "see what is in it: \(line: "status \(Word.shown((shown.first ?? "") + "/member/snap/db"))")"
        case "port": return "see what listens on that machine: \(.run("ss -ltn"))"
        default: return nil
        }
    }
}
