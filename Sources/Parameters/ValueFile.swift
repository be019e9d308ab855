import Blocking
import Files

/// A file that holds values, as it was read.
struct ValueFile: Sendable {
    let bytes: [UInt8]
    /// Who may read and write it; `nil` of a pipe, which only its two ends have.
    let permissions: UInt32?

    /// Beyond this a file is no value: it is refused before memory is taken for it.
    private static let maxByteCount = 1 << 20

    /// Editors on other systems write it before UTF-8; it is no part of the text.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Throws: `ContentProblem`.
    static func read(_ path: String) async throws(ContentProblem) -> ValueFile {
        do {
            return try await BlockingWork.run(at: Place(folderOf: path)) { try ValueFile(path) }
        } catch let error as ContentProblem {
            throw error
        } catch {
            throw .unreadable(reason: "\(error)")
        }
    }

    private init(_ path: String) throws {
        guard let content = try FileContent(of: path, maxByteCount: Self.maxByteCount) else {
            throw ContentProblem.tooLarge
        }
        (bytes, permissions) = (content.bytes, content.permissions)
    }

    /// The whole content as one value, without a byte order mark and without one line end at its end.
    ///
    /// - Throws: `ContentProblem`.
    func value() throws(ContentProblem) -> String {
        var bytes = bytes
        if bytes.starts(with: Self.byteOrderMark) { bytes.removeFirst(Self.byteOrderMark.count) }
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { throw .binary }
        if text.isEmpty { throw .empty }
        return text
    }
}

/// Why a file's content is no value.
enum ContentProblem: Error {
    case notNamed
    case unreadable(reason: String)
    case tooLarge
    case binary
    case empty

    /// The second half of a sentence.
    var reason: String {
        switch self {
        case .notNamed: "no file is named after '@'"
        case .unreadable(let reason): reason
        case .tooLarge: "it is larger than 1 MiB"
        case .binary: "it is not UTF-8 text"
        case .empty: "it is empty"
        }
    }
}
