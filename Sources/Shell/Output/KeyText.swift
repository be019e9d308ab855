import FoundationEssentials
import Snapshot
import Text

/// Keys and values of a cluster as printable text, whatever their bytes are.
enum KeyText {
    static func key(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self)?.printable ?? escaped(bytes)
    }

    /// A value or, if it is in Kubernetes' binary form, the object's kind and name.
    static func value(_ bytes: [UInt8]) -> String {
        if let object = KubernetesObject(value: bytes) {
            let name = [object.namespace, object.name].filter { !$0.isEmpty }.joined(separator: "/")
            return "(\(object.kind) \(name) of Kubernetes, whose contents are not shown)".printable
        }
        return key(bytes)
    }

    /// The bytes as base64 if they are not text.
    static func base64IfNeeded(_ bytes: [UInt8]) -> String? {
        String(validating: bytes, as: UTF8.self) == nil ? Data(bytes).base64EncodedString() : nil
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            (0x20...0x7E).contains(byte)
                ? String(UnicodeScalar(byte))
                : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

extension String {
    /// The text padded on the left to a width.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
