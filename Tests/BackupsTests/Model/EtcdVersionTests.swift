import Backups
import Testing

@Suite("An etcd version")
struct EtcdVersionTests {
    @Test(
        "is read as people and names write it",
        arguments: [
            ("3.1", "3.1"), ("3.1.0", "3.1.0"), ("v3.5.21", "3.5.21"), ("3.5.0-rc.1", "3.5.0-rc.1"),
            ("3.3.0+git", "3.3.0+git"), ("10.20.30", "10.20.30"),
        ]
    )
    func reading(text: String, description: String) throws {
        #expect(try #require(EtcdVersion(text)).description == description)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "3", "3.", "3.1.", ".1", "3.1.0.0", "3.x", "a3.1", "3.1-rc", "3.1.0-", "3.1.0 ", "٣.١", "-3.1",
            "3.1.0-a\nb", "9999999.1",
        ]
    )
    func otherTexts(text: String) {
        #expect(EtcdVersion(text) == nil)
    }

    @Test(
        "can be restored into its own minor version and the next one",
        arguments: [
            ("3.1.0", "3.1", true), ("3.1.9", "3.1.0", true), ("3.1.0", "3.2", true), ("3.1", "3.3", false),
            ("3.2.0", "3.1.5", false), ("2.3.8", "3.0.0", true), ("2.2.0", "3.0.0", false), ("2.3.8", "3.1.0", false),
            ("3.9.0", "4.0.0", false), ("3.0.0", "2.3.0", false),
        ]
    )
    func compatibility(backup: String, target: String, isRestorable: Bool) throws {
        let (backup, target) = (try #require(EtcdVersion(backup)), try #require(EtcdVersion(target)))
        #expect(backup.isRestorable(into: target) == isRestorable)
    }

    @Test("sorts by its numbers, a pre-release before its release")
    func order() throws {
        let sorted = ["2.3.8", "3.0.9", "3.1", "3.2.0-alpha", "3.2.0-rc.1", "3.2.0", "3.2.10", "3.10.0"]
        let versions = try sorted.map { try #require(EtcdVersion($0)) }
        #expect(versions.reversed().sorted().map(\.description) == sorted)
    }

    @Test("without a patch stands for each of its patches")
    func covering() throws {
        let minor = try #require(EtcdVersion("3.1"))
        let patch = try #require(EtcdVersion("3.1.4"))
        #expect(minor.covers(patch) && patch.covers(patch) && !patch.covers(minor))
        #expect(!minor.covers(try #require(EtcdVersion("3.2.4"))))
    }
}
