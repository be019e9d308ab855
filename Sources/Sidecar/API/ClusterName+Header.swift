package import Backups
import Text

extension ClusterName {
    /// The name as the value of a header: `name`, or `namespace/name`, percent-encoded.
    package var headerValue: String { (namespace.map { Self.encoded($0) + "/" } ?? "") + Self.encoded(name) }

    /// - Returns: `nil` for what names no cluster.
    package init?(headerValue: String) {
        let parts = headerValue.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        let names = parts.compactMap(Self.decoded)
        guard names.count == parts.count, let name = names.last, names.allSatisfy(Self.canBePart) else { return nil }
        self.init(name, namespace: names.count == 2 ? names[0] : nil)
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            byte.isASCIIAlphanumeric || "-._~".utf8.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let digits = String(rest.prefix(2)), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
