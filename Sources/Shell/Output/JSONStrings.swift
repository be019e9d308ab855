import FoundationEssentials

/// Changes the strings in JSON, and keeps everything else.
enum JSONStrings {
    /// - Parameter json: JSON from an encoder; several objects, one a line.
    static func replacing(in json: String, _ replacement: (String) -> String) -> String {
        // Usually nothing changes: if the whole text has no secret, no string in it has one.
        if replacement(json) == json, !json.utf8.contains(UInt8(ascii: "\\")) { return json }
        let bytes = Array(json.utf8)
        var result: [UInt8] = []
        var position = 0
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "\"")) {
            let end = endOfString(in: bytes, from: start + 1)
            result += bytes[position..<start]
            result += replaced(bytes[start..<end], replacement)
            position = end
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    /// The index after the closing quote.
    private static func endOfString(in bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, bytes.count)
    }

    private static func replaced(_ literal: ArraySlice<UInt8>, _ replacement: (String) -> String) -> [UInt8] {
        guard let text = try? JSONDecoder().decode(String.self, from: Data(literal)) else { return Array(literal) }
        let new = replacement(text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        guard new != text, let encoded = try? encoder.encode(new) else { return Array(literal) }
        return Array(encoded)
    }
}
