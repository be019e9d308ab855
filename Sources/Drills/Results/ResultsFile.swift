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
        let line = try encoder.encode(result)
        do throws(SystemError) {
            try AppendedFile.add(line, to: path)
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
