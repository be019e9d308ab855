import Blocking
import Files
import Glibc
import Text

/// The value of a parameter as the command line gives it: a text, or `@FILE`.
struct ParameterValue: Sendable, Equatable {
    let text: String
    /// The file that it comes from.
    let path: String?

    /// Beyond this a file is no value: it is refused before memory is taken for it.
    private static let maxByteCount = 1 << 20

    /// - Parameter word: What stands after `NAME=`: `TEXT`, `@FILE`, or `@@TEXT` for a text that begins with `@`.
    /// - Throws: `ParameterFileError` where the file can't be read.
    init(_ word: String, of name: String) throws(ParameterFileError) {
        guard word.hasPrefix("@"), !word.hasPrefix("@@") else {
            text = String(word.hasPrefix("@@") ? word.dropFirst() : word[...])
            path = nil
            return
        }
        let file = String(word.dropFirst())
        if file.isEmpty { throw ParameterFileError(name: name, path: file, reason: "no file is named") }
        do {
            text = try Self.text(inFile: file)
        } catch let error as SystemError {
            throw ParameterFileError(name: name, path: file, reason: error.description)
        } catch let error as ParameterFileError.Content {
            throw ParameterFileError(name: name, path: file, reason: error.rawValue)
        } catch {
            throw ParameterFileError(name: name, path: file, reason: "\(error)")
        }
        path = file
    }

    /// The value that a word gives. A file may be a pipe, which is written to whenever its other end likes.
    ///
    /// - Throws: `ParameterFileError`.
    static func given(_ word: String, of name: String) async throws(ParameterFileError) -> ParameterValue {
        guard word.hasPrefix("@"), !word.hasPrefix("@@") else { return try ParameterValue(word, of: name) }
        let path = String(word.dropFirst())
        do {
            return try await BlockingWork.run(at: Place(folderOf: path)) { try ParameterValue(word, of: name) }
        } catch let error as ParameterFileError {
            throw error
        } catch {
            throw ParameterFileError(name: name, path: path, reason: "\(error)")
        }
    }

    /// Refuses what can be no password and no token.
    ///
    /// - Throws: `ParameterFileError` where it has several lines or a control character.
    func requireOneLine(of name: String) throws(ParameterFileError) {
        let isControl = { (byte: UInt8) in byte < 0x20 || byte == 0x7F }
        guard text.utf8.contains(where: isControl) else { return }
        let hasLines = text.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        throw ParameterFileError(
            name: name,
            path: path,
            reason: hasLines ? "the value has more than one line" : "the value has a control character in it",
            hint: "a secret is one line of text, without control characters"
        )
    }

    /// The whole content, without one line end at its end.
    private static func text(inFile path: String) throws -> String {
        let descriptor = try systemCall { open(path, O_RDONLY | O_CLOEXEC) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = try systemCall { read(descriptor, &buffer, buffer.count) }
            if count == 0 { break }
            bytes += buffer[..<count]
            if bytes.count > maxByteCount { throw ParameterFileError.Content.tooLarge }
        }
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw ParameterFileError.Content.binary
        }
        if text.isEmpty { throw ParameterFileError.Content.empty }
        return text
    }
}

/// Why a parameter's value can't be used, or can't be read from its file.
struct ParameterFileError: Error, Equatable, CustomStringConvertible {
    let name: String
    /// `nil` where the value is on the command line.
    let path: String?
    let reason: String
    var hint = "NAME=@FILE reads the value from a file; for a text that begins with '@', write NAME=@@TEXT"

    enum Content: String, Error {
        case tooLarge = "it is larger than 1 MiB"
        case binary = "it is not UTF-8 text"
        case empty = "it is empty"
    }

    var description: String {
        switch path {
        case nil: "cannot use the value of '\(name.printable)': \(reason)"
        case "": "cannot read the value of '\(name.printable)': no file is named after '@'"
        case let path?: "cannot read the value of '\(name.printable)' from \(path.printable): \(reason)"
        }
    }
}
