/// The header fields of a message, in their order.
public struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    public struct Field: Sendable {
        public var name: String
        public var value: String
    }

    public var fields: [Field]

    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0, value: $1) }
    }

    /// The first value of a field, whose name is compared without regard to case. Setting it replaces all of them.
    public subscript(_ name: String) -> String? {
        get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
        set {
            fields.removeAll { $0.name.lowercased() == name.lowercased() }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// As they stand in a message.
    var text: String { fields.map { "\($0.name): \($0.value)\r\n" }.joined() }
}

extension HTTPHeaders {
    /// These, and others.
    public func merging(_ more: HTTPHeaders) -> HTTPHeaders {
        var merged = self
        merged.fields += more.fields
        return merged
    }
}
