import Backups
import Text

/// Kinds of values that sources declare.
extension ValueKind {
    /// - Parameter hint: Turns a next step into commands of the shell.
    init(_ kind: SettingKind<Value>, hint: @escaping @Sendable (NextStep) -> String?) {
        self.init(kind.name, completion: kind.meaning.completion, isSecret: kind.meaning == .secret) {
            text throws(UsageError) in
            if [.file, .folder].contains(kind.meaning), let remote = RemoteFile(text) {
                throw UsageError("'\(text.printable)' is not on this machine", hint: remote.hint)
            }
            do throws(SettingError) {
                return try kind.parse(text)
            } catch {
                throw UsageError(error.message, hint: error.nextStep.flatMap(hint))
            }
        }
    }
}

extension SettingMeaning {
    fileprivate var completion: ValueCompletion {
        switch self {
        case .text, .secret: .none
        case .oneOf(let names): .oneOf(names)
        case .file: .file
        case .folder: .folder
        case .namespace: .namespace
        }
    }
}
