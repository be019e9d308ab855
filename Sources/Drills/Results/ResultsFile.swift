import Files
import FoundationEssentials
import Glibc

/// Results of drills, one JSON object a line; new ones are added at the end.
package struct ResultsFile: Sendable {
    private let path: String

    package init(_ path: String) { self.path = path }

    /// What a file of results has.
    package struct Content: Sendable, Equatable {
        package var results: [DrillResult] = []
        /// The lines that can't be read, from 1: a kill or a full disk cut them, or they were changed afterwards.
        package var tornLines: [Int] = []

        package init() {}
    }

    /// All that can be read. Lines of other kinds are left out. May block.
    ///
    /// - Throws: `SystemError` where the file can't be read; one that is missing has no results.
    package var content: Content {
        get throws(SystemError) {
            let file: FileContent?
            do throws(SystemError) {
                file = try FileContent(of: path, maxByteCount: Self.maxByteCount)
            } catch {
                if error.code == ENOENT { return Content() }
                throw error
            }
            guard let file else { throw SystemError(code: EFBIG) }
            return Content(file.bytes)
        }
    }

    /// The results of `content`.
    package var results: [DrillResult] {
        get throws(SystemError) { try content.results }
    }

    private static let maxByteCount = 64 << 20

    /// Adds a line, and waits until it is on the disk. May block.
    ///
    /// - Throws: `WorldError.cannotWrite`.
    package func add(_ result: DrillResult) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = Array(try encoder.encode(result)) + [UInt8(ascii: "\n")]
        do throws(SystemError) {
            // O_NONBLOCK: a pipe in its place would wait for its other end.
            let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
            let descriptor = try systemCall { open(path, flags, 0o600) }
            // The lock ends with it.
            defer { close(descriptor) }
            try systemCall { flock(descriptor, LOCK_EX) }
            var status = stat()
            try systemCall { fstat(descriptor, &status) }
            guard status.st_mode & S_IFMT == S_IFREG else { throw SystemError(code: EINVAL) }
            // It names people and hosts.
            if status.st_mode & 0o077 != 0 { fchmod(descriptor, 0o600) }
            var last = UInt8(ascii: "\n")
            if status.st_size > 0 { try systemCall { pread(descriptor, &last, 1, status.st_size - 1) } }
            // What a kill has cut before it stays a line of its own.
            let bytes = (last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]) + line
            let count = try systemCall { write(descriptor, bytes, bytes.count) }
            guard count == bytes.count else { throw SystemError(code: ENOSPC) }
            try systemCall { fsync(descriptor) }
        } catch {
            throw WorldError.cannotWrite(path: path, reason: error.description)
        }
    }
}

extension ResultsFile.Content {
    fileprivate init(_ bytes: some Collection<UInt8>) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in zip(1..., lines) where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
            let data = Data(line)
            guard let kind = (try? decoder.decode(Head.self, from: data))?.kind else {
                tornLines.append(number)
                continue
            }
            // A later version may write lines that this one does not know.
            guard kind == DrillResult.kindOfLine else { continue }
            if let result = try? decoder.decode(DrillResult.self, from: data) {
                results.append(result)
            } else {
                tornLines.append(number)
            }
        }
    }

    private struct Head: Decodable {
        var kind: String
    }
}
