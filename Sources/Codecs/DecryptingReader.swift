import Backups
import Files
import Processes

/// What a command of the user's makes of bytes.
final class DecryptingReader: ByteReader {
    private let base: any ByteReader
    private let encoding: BackupEncoding
    private let program: String
    private let process: FilterProcess
    private let pending = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
    /// What of `pending` the command has not taken yet.
    private var rest = 0..<0
    private var isInputOver = false
    private var isOver = false

    /// What of its words to standard error an error shows, in bytes.
    private static let maxErrorByteCount = 1000

    /// - Throws: `CodecError`.
    init(_ base: any ByteReader, _ command: DecryptionCommand, _ encoding: BackupEncoding) throws(CodecError) {
        self.base = base
        self.encoding = encoding
        program = command.words.first ?? ""
        do throws(SystemError) {
            process = try FilterProcess(command.words)
        } catch {
            throw CodecError(encoding, .decryptionFailed(program: program, reason: error.description))
        }
    }

    deinit { pending.deallocate() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while !isOver {
            try Task.checkCancellation()
            if rest.isEmpty, !isInputOver {
                rest = 0..<(try base.read(into: pending))
                if rest.isEmpty { endInput() }
            }
            let step: FilterProcess.Step
            do throws(SystemError) {
                step = try process.step(giving: UnsafeRawBufferPointer(rebasing: pending[rest]), into: buffer)
            } catch {
                throw failure(error.description)
            }
            switch step {
            case .wrote(let count): rest = rest.dropFirst(count)
            case .inputIsClosed: endInput()
            case .read(0): try end()
            case .read(let count): return count
            case .waited: continue
            }
        }
        return 0
    }

    private func endInput() {
        process.closeInput()
        rest = 0..<0
        isInputOver = true
    }

    /// Nothing more comes from the command: it counts only where it says that it went well.
    private func end() throws {
        endInput()
        isOver = true
        var ended: FilterProcess.Outcome?
        while ended == nil {
            // It may have closed its output, and run on.
            try Task.checkCancellation()
            do throws(SystemError) {
                ended = try process.outcome()
            } catch {
                throw failure(error.description)
            }
        }
        guard let outcome = ended else { return }
        guard outcome.exitCode != 0 else { return }
        let words = String(decoding: outcome.errors.prefix(Self.maxErrorByteCount), as: UTF8.self)
        let lines = words.split(whereSeparator: \.isNewline).joined(separator: "; ")
        throw failure("exit code \(outcome.exitCode)" + (lines.isEmpty ? "" : ": \(lines)"))
    }

    private func failure(_ reason: String) -> CodecError {
        CodecError(encoding, .decryptionFailed(program: program, reason: reason))
    }
}
