/// One thing that a user can say of a source, and how the source reads it: `values[endpoint]`.
///
/// `Result` is what the source gets: an optional value, `Bool` for a switch, an array where it may be given several
/// times.
public struct SourceSetting<Result: Sendable>: DeclaredSetting {
    public let declaration: SettingDeclaration
    fileprivate let result: @Sendable ([any Sendable]) -> Result
}

/// A setting of any type.
public protocol DeclaredSetting: Sendable {
    var declaration: SettingDeclaration { get }
}

extension SourceSetting {
    /// A setting that may be left out.
    ///
    /// - Parameters:
    ///   - value: What stands for the value in help: `URL`.
    ///   - summary: One line, without a full stop.
    public init<Value>(_ name: String, value: String, _ kind: SettingKind<Value>, _ summary: String)
    where Result == Value? {
        declaration = SettingDeclaration(name: name, value: (value, kind.erased), summary: summary)
        result = { $0.last as? Value }
    }

    /// A setting that may be given several times.
    public static func repeatable<Value>(
        _ name: String,
        value: String,
        _ kind: SettingKind<Value>,
        _ summary: String
    ) -> SourceSetting where Result == [Value] {
        SourceSetting(
            declaration: SettingDeclaration(
                name: name,
                value: (value, kind.erased),
                summary: summary,
                isRepeatable: true
            ),
            result: { $0.compactMap { $0 as? Value } }
        )
    }

    /// A setting without a value: it is given or not.
    public init(switch name: String, _ summary: String) where Result == Bool {
        declaration = SettingDeclaration(name: name, summary: summary)
        result = { !$0.isEmpty }
    }
}

/// Where the backups of a source are, as a user names it, and how the source reads that.
public struct SourcePlace<Result: Sendable>: Sendable {
    let declaration: SettingDeclaration
    /// `nil` where it is missing and must not be.
    let result: @Sendable ((any Sendable)?) -> Result?

    /// A place that must be named.
    ///
    /// - Parameter name: What stands for it in help: `BUCKET[/PREFIX]`.
    public init(_ name: String, _ kind: SettingKind<Result>) {
        declaration = SettingDeclaration(name: name, value: (name, kind.erased), summary: "", isRequired: true)
        result = { $0 as? Result }
    }

    /// A place that need not be named, where there is a usual one.
    public static func optional<Value>(_ name: String, _ kind: SettingKind<Value>) -> SourcePlace
    where Result == Value? {
        SourcePlace(
            declaration: SettingDeclaration(name: name, value: (name, kind.erased), summary: ""),
            result: { .some($0 as? Value) }
        )
    }

    private init(
        declaration: SettingDeclaration,
        result: @escaping @Sendable ((any Sendable)?) -> Result?
    ) {
        self.declaration = declaration
        self.result = result
    }
}

/// A setting as commands, checks and help need it.
public struct SettingDeclaration: Sendable {
    public let name: String
    /// The value's name and kind; absent for a switch.
    public let value: (name: String, kind: SettingKind<any Sendable>)?
    public let summary: String
    public let isRepeatable: Bool
    public let isRequired: Bool

    init(
        name: String,
        value: (name: String, kind: SettingKind<any Sendable>)? = nil,
        summary: String,
        isRepeatable: Bool = false,
        isRequired: Bool = false
    ) {
        self.name = name
        self.value = value
        self.summary = summary
        self.isRepeatable = isRepeatable
        self.isRequired = isRequired
    }
}

/// What a user said of a source, each value read once, by its kind's `parse`.
public struct SettingValues: Sendable {
    public var place: (any Sendable)?
    private var values: [String: [any Sendable]] = [:]

    public init() {}

    /// Adds a setting's value; `true` for a switch.
    public mutating func add(_ value: any Sendable, of setting: SettingDeclaration) {
        values[setting.name, default: []].append(value)
    }

    public subscript<Result>(setting: SourceSetting<Result>) -> Result {
        setting.result(values[setting.declaration.name] ?? [])
    }
}
