import TestSupport
import Testing

@Suite("A server that is started at the prompt", .ownThread)
struct PromptServeTests {
    @Test("has a log with times, which ends with it, and Ctrl-C is its good end")
    func log() throws {
        let session = try PromptSession()
        try session.run("use pv backups", then: "snapsh pv foo>")
        try session.type("serve --listen 127.0.0.1:0")
        try session.terminal.press("Enter")
        try session.terminal.wait(for: "serving at http://127.0.0.1:")
        try session.terminal.press("C-c")
        let lines = try session.terminal.wait(forLastLine: "snapsh pv foo>")
        let end = try #require(lines.dropLast().last)
        #expect(end.contains(#/[-0-9]{10}T[:0-9]{8}Z note: stopped serving, after 0 downloads$/#), "\(lines)")
        #expect(!lines.contains { $0.contains("interrupted") })
        #expect(try session.run("oops").first == "unknown command 'oops'")
        #expect(try session.run("echo fine") == ["fine"])
    }
}
