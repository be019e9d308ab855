import Foundation
import TestSupport
import Testing

/// `get --min-keys`: a snapshot of an emptied cluster replaces nothing.
@Suite(.ownThread) struct MinKeysTests {
    private func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.volume.add(9, content: Fixture.snapshot("early.db"), age: 5 * 86400)
        try workplace.volume.add(1, content: Fixture.snapshot("empty.db"), age: 6 * 86400)
        return workplace
    }

    @Test("with fewer keys no file is made, and none replaced")
    func tooFew() throws {
        let workplace = try workplace()
        let sentence = "cannot accept 3.4.23_0000000000000001_etcd.backup: it has 0 keys, fewer than 1"
        let get = "pick 1; get out.db --min-keys 1"
        expectFailure(try workplace.recover(get), 3, says: sentence)
        #expect(try workplace.made().isEmpty)
        try workplace.folder.write("the copy of before".utf8, to: "out.db")
        expectFailure(try workplace.recover(get + " --force"), 3, says: sentence)
        // No older one is taken for it: it is sound.
        expectFailure(try workplace.recover(get + " --force --or-older"), 3, says: sentence)
        #expect(try workplace.folder.read("out.db") == Array("the copy of before".utf8))
        #expect(try workplace.made() == ["out.db"])
    }

    @Test("with as many keys it is got, and counted again where it is there already")
    func enough() throws {
        let workplace = try workplace()
        for _ in 0..<2 {
            let outcome = try workplace.recover("pick 9; get out.db --min-keys 7")
            #expect(outcome.exitCode == 0, "\(outcome.talk)")
        }
        #expect(try workplace.folder.read("out.db") == Fixture.snapshot("early.db"))
        expectFailure(try workplace.recover("pick 9; get out.db --min-keys 8"), 3, says: "it has 7 keys, fewer than 8")
        let caught = try workplace.recover("pick 9; get new.db --min-keys 8 || echo next")
        #expect(caught.exitCode == 0 && caught.output.hasSuffix("next\n"))
        #expect(try workplace.made() == ["out.db"])
    }
}
