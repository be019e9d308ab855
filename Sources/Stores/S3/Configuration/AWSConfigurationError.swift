package import Backups
import Text

/// Why the AWS settings can't be used.
package enum AWSConfigurationError: UserError, Equatable {
    case unreadable(path: String, reason: String)
    /// A line that means nothing.
    case broken(path: String, line: Int, reason: String)
    /// A profile that the user, or a variable, asks for is in neither file.
    case noProfile(String, askedBy: String?, profiles: [String])
    /// A value that means nothing.
    case invalid(setting: String, value: String, expected: String)

    package var code: String {
        switch self {
        case .unreadable: "aws.unreadable-file"
        case .broken: "aws.broken-file"
        case .noProfile: "aws.no-profile"
        case .invalid: "aws.invalid-setting"
        }
    }

    package var category: ErrorCategory { .unreachable }

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path.printable): \(reason)"
        case .broken(let path, let line, let reason): "cannot read \(path.printable): line \(line) \(reason)"
        case .noProfile(let name, let askedBy, _):
            "cannot use the profile '\(name.printable)'\(askedBy.map { " that \($0) names" } ?? ""):"
                + " it is in neither of the AWS files"
        case .invalid(let setting, let value, let expected):
            "cannot use \(setting): '\(SecretText.masking(value).printable)' is not \(expected)"
        }
    }

    package var nextStep: NextStep? {
        switch self {
        case .noProfile(_, _, []):
            "there is no profile at all: AWS_CONFIG_FILE says where the file is, if not in ~/.aws"
        case .noProfile(_, _, let profiles):
            "the profiles there are: \(profiles.map(\.printable).joined(separator: ", "))"
        default: nil
        }
    }
}
