import Files
import FoundationEssentials
import Glibc

/// Results of drills, one JSON object a line; new ones are added at the end.
package struct ResultsFile: Sendable {
    private let path: String

    package init(_ path: String) { self.path = path }

    /// All that can be read: a line that a kill has cut is left out, and lines of other kinds are. May block.
    ///
    /// - Throws: `SystemError` where the file can't be read; one that is missing has no results.
    package var results: [DrillResult] {
        get throws(SystemError) {
            let content: FileContent?
            do throws(SystemError) {
                content = try FileContent(of: path, maxByteCount: Self.maxByteCount)
            } catch {
                if error.code == ENOENT { return [] }
                throw error
            }
            guard let content else { throw SystemError(code: EFBIG) }
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            return content.bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
                guard let result = try? decoder.decode(DrillResult.self, from: Data(line)) else { return nil }
                return result.kind == "drill-result" ? result : nil
            }
        }
    }

    private static let maxByteCount = 64 << 20

    /// May block.
    ///
    /// - Throws: `WorldError.cannotWrite`.
    package func add(_ result: DrillResult) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // What a kill has cut before it stays a line of its own.
        let bytes = [UInt8(ascii: "\n")] + Array(try encoder.encode(result)) + [UInt8(ascii: "\n")]
        do throws(SystemError) {
            let descriptor = try systemCall { open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600) }
            defer { close(descriptor) }
            let count = try systemCall { write(descriptor, bytes, bytes.count) }
            guard count == bytes.count else { throw SystemError(code: ENOSPC) }
            try systemCall { fsync(descriptor) }
        } catch {
            throw WorldError.cannotWrite(path: path, reason: error.description)
        }
    }
}
