import Text

/// A cluster as a source of backups knows it: by its name and, where backups are kept by namespace, by that as well.
public struct ClusterName: Sendable, Hashable {
    public var name: String
    /// The Kubernetes namespace; absent where the backups lie at the top.
    public var namespace: String?

    public init(_ name: String, namespace: String? = nil) {
        self.name = name
        self.namespace = namespace
    }

    /// Whether a cluster or a namespace can have that name: each names a folder.
    public static func canBePart(_ text: String) -> Bool {
        !text.isEmpty && !text.hasSlash && !text.hasPrefix(".") && text.printable == text
    }
}

extension ClusterName {
    /// Whether a name that a user gave may mean this cluster: where one of both has no namespace, only the names count.
    public func isMeant(by other: ClusterName) -> Bool {
        guard namespace != nil, other.namespace != nil else { return ByteText(name) == ByteText(other.name) }
        return self == other
    }

    private var bytes: [ByteText?] { [ByteText(name), namespace.map(ByteText.init)] }

    public static func == (a: ClusterName, b: ClusterName) -> Bool { a.bytes == b.bytes }

    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

extension ClusterName: CustomStringConvertible {
    /// `foo`, or `prod/foo` in a namespace.
    public var description: String { (namespace.map { $0 + "/" } ?? "") + name }
}

extension ClusterName: Comparable {
    public static func < (a: ClusterName, b: ClusterName) -> Bool {
        let (first, second) = (a.namespace ?? "", b.namespace ?? "")
        return first.hasSameBytes(as: second) ? a.name.precedesInBytes(b.name) : first.precedesInBytes(second)
    }
}
