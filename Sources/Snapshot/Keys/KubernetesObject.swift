/// What Kubernetes wrote as a value, as far as it says which object it is; what the object holds may be secret.
///
/// `k8s`, a zero byte, then `runtime.Unknown{1 typeMeta{1 apiVersion, 2 kind}, 2 raw}`; the object in `raw` begins with
/// `ObjectMeta{1 name, 3 namespace}` (Kubernetes v1.29 `staging/src/k8s.io/apimachinery/pkg/runtime/generated.proto`,
/// `pkg/apis/meta/v1/generated.proto`).
public struct KubernetesObject: Sendable, Equatable {
    /// `Secret`.
    public var kind: String
    /// Empty where objects of its kind have none.
    public var namespace = ""
    public var name = ""

    private static let magic = Array("k8s".utf8) + [0]

    /// `nil` where the value is something else, or can't be read.
    public init?(value: [UInt8]) {
        guard value.starts(with: Self.magic) else { return nil }
        guard let unknown = Self.fields(value, Self.magic.count..<value.count),
            let type = unknown[1], let raw = unknown[2],
            let kind = Self.fields(value, type)?[2]
        else { return nil }
        self.kind = String(decoding: value[kind], as: UTF8.self)
        guard let object = Self.fields(value, raw), let metadata = object[1],
            let fields = Self.fields(value, metadata)
        else { return }
        name = fields[1].map { String(decoding: value[$0], as: UTF8.self) } ?? ""
        namespace = fields[3].map { String(decoding: value[$0], as: UTF8.self) } ?? ""
    }

    /// Where the fields stand that hold bytes; of those that occur several times, the first.
    private static func fields(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt64: Range<Int>]? {
        var reader = ProtobufReader(bytes, in: range)
        var fields: [UInt64: Range<Int>] = [:]
        do {
            while let field = try reader.next() {
                if case .bytes(let range) = field.value, fields[field.number] == nil { fields[field.number] = range }
            }
        } catch {
            return nil
        }
        return fields
    }
}
