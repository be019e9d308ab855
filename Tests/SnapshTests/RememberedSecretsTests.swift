import Shell
import TestSupport
import Testing

@testable import snapsh

@Suite(.ownThread) struct RememberedSecretsTests {
    private var none: RememberedSecrets {
        RememberedSecrets(CommandTable(sources: SourceRegistry.all).secretLine)
    }

    private func remembering(_ lines: [String]) -> RememberedSecrets {
        var secrets = none
        for line in lines { _ = secrets.remember(line) }
        return secrets
    }

    @Test func aRecalledLineIsWhatWasTyped() {
        let lines = [
            "use service http://a --header 'A: one' --header 'B: two'", "use service http://b --header 'A: three'",
            "set token = four", "!curl http://me:five@h?sig=six&a=b", "use service --header   'A: seven' # x",
        ]
        var secrets = none
        for line in lines {
            let masked = secrets.remember(line)
            #expect(masked.contains("***") && masked != line)
            #expect(secrets.restoring(masked) == line)
        }
        for line in lines {
            var all = remembering(lines)
            #expect(all.restoring(all.remember(line)) == line)
        }
    }

    @Test func theLastSecretOfALineCounts() {
        let secrets = remembering(["use service --header 'A: one'", "use service --header 'A: two'"])
        #expect(secrets.restoring("use service --header ***") == "use service --header 'A: two'")
    }

    @Test func aChangedLineHasTheSecretsOfItsPlaces() {
        let secrets = remembering(["use service http://a --header 'A: one' --header 'B: two'"])
        #expect(
            secrets.restoring("cluster x; use service http://a --header *** --header *** --key k")
                == "cluster x; use service http://a --header 'A: one' --header 'B: two' --key k"
        )
        #expect(
            secrets.restoring("use service http://a --header *** --header 'B: new'")
                == "use service http://a --header 'A: one' --header 'B: new'"
        )
    }

    @Test func whatIsNotKnownIsNotRun() {
        let secrets = remembering(["use service http://a --header 'A: one'"])
        for line in [
            "use service http://b --header ***", "set token = ***", "use service http://***@h",
            "use service --header *****",
        ] {
            #expect(secrets.restoring(line) == nil, "\(line)")
        }
    }

    @Test func asterisksElsewhereAreNoSecrets() {
        for line in ["ls ***", "echo '***'", "ls", "keys out.db *", "set x = ***"] {
            #expect(none.restoring(line) == line)
        }
    }
}
