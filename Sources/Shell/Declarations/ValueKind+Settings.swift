import Backups

/// Kinds of values that sources declare.
extension ValueKind {
    /// - Parameter hint: Words advice as the commands of the shell are written.
    init(_ kind: SettingKind<Value>, hint: @escaping @Sendable (SettingAdvice) -> String = { $0.text }) {
        self.init(kind.name, completion: kind.meaning.completion, isSecret: kind.meaning == .secret) {
            text throws(UsageError) in
            do throws(SettingError) {
                return try kind.parse(text)
            } catch {
                throw UsageError(error.message, hint: error.advice.map(hint))
            }
        }
    }
}

extension SettingMeaning {
    fileprivate var completion: ValueCompletion {
        switch self {
        case .text, .secret: .none
        case .file: .file
        case .folder: .folder
        case .namespace: .namespace
        }
    }
}

extension SettingAdvice {
    /// Without the name of a command.
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .place(let place, let why): [why, place].compactMap(\.self).joined(separator: ": ")
        case .setting(let name, let value, let why): "\(why) --\(name) \(value)"
        }
    }
}
