import TestSupport
import Testing

/// What is not a sound snapshot never gets a final name, and the sentence says what it is.
@Suite(.ownThread) struct UnsoundBackupTests {
    private func workplace(_ content: UnsoundContent) throws -> (Workplace, name: String) {
        let workplace = try Workplace()
        return (workplace, try workplace.volume.add(9, content: content.bytes))
    }

    @Test("what is not sound is refused", arguments: UnsoundContent.all)
    func isRefused(_ content: UnsoundContent) throws {
        let (workplace, name) = try workplace(content)
        let before = try workplace.state()
        let outcome = try workplace.recover("pick 9; get out.db; echo not reached")
        expectFailure(outcome, 5, says: "cannot \(content.verb) \(name): \(content.reason)")
        #expect(!outcome.output.contains("not reached") && !outcome.output.contains("got out.db"))
        #expect(try workplace.state() == before)
    }

    @Test("what is not sound can be kept under another name", arguments: UnsoundContent.all)
    func isKept(_ content: UnsoundContent) throws {
        let (workplace, name) = try workplace(content)
        let outcome = try workplace.recover("pick 9; get out.db --keep-unverified")
        expectFailure(outcome, 5, says: "cannot \(content.verb) \(name): \(content.reason)")
        let kept = content.verb == "accept" ? "out.db.unverified" : "out.db.unverified.zip"
        let how = content.verb == "accept" ? "unverified" : "still encoded"
        #expect(outcome.talk.contains("; kept, \(how), as \(kept)\n"))
        #expect(try workplace.made() == [kept])
        #expect(try workplace.folder.read(kept) == content.kept)
        #expect(try workplace.folder.mode(of: kept) == 0o600)
    }

    @Test func whatWasKeptIsNotReplacedWithoutForce() throws {
        let (workplace, _) = try workplace(UnsoundContent.all[0])
        try workplace.folder.write("precious".utf8, to: "out.db.unverified")
        let before = try workplace.state()
        let outcome = try workplace.recover("pick 9; get out.db --keep-unverified")
        expectFailure(outcome, 1, says: "cannot write out.db.unverified: it exists already")
        #expect(try workplace.state() == before)
    }

    @Test func aRefusedGetLeavesNoFileToExpectAnythingOf() throws {
        let (workplace, _) = try workplace(UnsoundContent.all[0])
        let outcome = try workplace.recover("pick 9; get out.db || echo refused; echo ${file.verified:-none}")
        #expect(outcome.exitCode == 0, "\(outcome.talk)")
        #expect(outcome.output.hasSuffix("refused\nnone\n"))
    }
}
