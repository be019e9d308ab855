import Drills
import TestSupport
import Testing

/// The files that the examples of the commands name.
enum ExampleFiles {
    /// Makes the files of an example, which lie in a folder: a test can't change the current folder for itself alone.
    ///
    /// - Returns: The example with the paths of its files.
    static func prepare(_ line: String, in folder: TemporaryFolder, volume: String) throws -> String {
        try folder.write("echo common".utf8, to: "common.snapsh")
        try folder.write([], to: "run.jsonl")
        for name in ["a.jsonl", "b.jsonl"] { try folder.write([], to: name) }
        if line.contains("our-drill.yaml"), !line.contains("drill from") {
            let drill = try #require(Catalog.drills.first)
            try folder.write(drill.bytes, to: "our-drill.yaml")
        }
        for (name, snapshot) in [("out.db", "late.db"), ("old.db", "middle.db"), ("new.db", "late.db")]
        where !line.contains("get ") {
            try folder.write(try Fixture.snapshot(snapshot), to: name)
        }
        return line.replacing("common.snapsh", with: folder.path("common.snapsh"))
            .replacing(/(out|old|new)\.db/) { folder.path("\($0.1).db") }
            .replacing("run.jsonl", with: folder.path("run.jsonl"))
            .replacing(/\b([ab])\.jsonl/) { folder.path("\($0.1).jsonl") }
            .replacing(/(\.\/)?our-drill\.yaml/) { _ in folder.path("our-drill.yaml") }
            .replacing("day.html", with: folder.path("day.html"))
            .replacing("report.html", with: folder.path("report.html"))
            .replacing("recovery.snapsh", with: folder.path("recovery.snapsh"))
            .replacing("foo.etcd", with: folder.path("foo.etcd"))
            .replacing("--all restored", with: "--all \(folder.path("restored"))")
            .replacing("--bump-revision", with: "--data-dir \(folder.path("bumped.etcd")) --bump-revision")
            .replacing("use pv /mnt/rescue", with: "use pv \(volume)")
            .replacing(/^get$/, with: "get \(folder.path)/")
            .replacing("get --companions beside", with: "get \(folder.path)/ --companions \(folder.path("beside"))")
    }
}
