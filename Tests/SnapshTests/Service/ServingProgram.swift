import Foundation
import TestSupport
import Testing

/// A program that serves, on a free port of 127.0.0.1, until this object goes away.
final class ServingProgram {
    let running: Program.Running
    /// `http://127.0.0.1:PORT`.
    let url: String

    /// - Parameters:
    ///   - text: What comes before `serve`.
    ///   - options: What follows it.
    init(
        _ program: Program,
        _ text: String,
        options: String = "",
        prefix: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        let running = try program.start(
            ["-c", "\(text); serve --listen 127.0.0.1:0 \(options)"],
            prefix: prefix,
            environment: environment
        )
        self.running = running
        let line = /serving at (https?:\/\/[^ \n]+): the backups .*\n/
        let found = running.wait { (try? running.output().firstMatch(of: line)) != nil }
        guard found, let match = try running.output().firstMatch(of: line) else {
            running.send(SIGKILL)
            throw PartFailure("it does not serve: \(try running.wait().talk)")
        }
        url = String(match.1)
    }

    deinit { running.send(SIGKILL) }

    /// Waits until it has said something.
    func waits(for sentence: String) -> Bool {
        running.wait { (try? running.talk().contains(sentence)) ?? false }
    }

    /// Runs curl in a folder of its own.
    ///
    /// - Parameter words: Its arguments; `/v1/…` among them is put behind the URL.
    func curl(_ words: String...) throws -> Curl {
        let folder = try TemporaryFolder()
        let arguments = words.map { $0.hasPrefix("/") && !$0.hasPrefix(NSTemporaryDirectory()) ? url + $0 : $0 }
        let (exitCode, output) = try SystemTool.run(
            ["curl", "--silent", "--show-error", "--max-time", "50", "--dump-header", "head", "--output", "body"]
                + arguments
                + ["--write-out", "%{http_code}"],
            in: folder
        )
        return Curl(
            exitCode: exitCode,
            status: Int(output.suffix(3)) ?? 0,
            head: String(decoding: (try? folder.read("head")) ?? [], as: UTF8.self),
            body: (try? folder.read("body")) ?? []
        )
    }

    struct Curl {
        var exitCode: Int32
        var status: Int
        var head: String
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }
}
