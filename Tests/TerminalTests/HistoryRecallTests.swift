import Terminal
import Testing

@Suite("Going through earlier lines")
struct HistoryRecallTests {
    @Test("goes up to the oldest, and down again to what was being typed")
    func upAndDown() {
        var recall = HistoryRecall(["one", "two"])
        #expect(recall.newer() == nil)
        #expect(recall.older(than: "begun") == "two")
        #expect(recall.older(than: "two, changed") == "one")
        #expect(recall.older(than: "one") == nil)
        #expect(recall.newer() == "two")
        #expect(recall.newer() == "begun")
        #expect(recall.newer() == nil)
    }

    @Test("a new line is remembered unless it is blank or the same as the last, and ends the walk")
    func remember() {
        var recall = HistoryRecall(["one"])
        for line in ["", " \t", "one", "two", "two", "one"] { recall.remember(line) }
        #expect(recall.lines == ["one", "two", "one"])
        #expect(recall.older(than: "") == "one")
        recall.remember("three")
        #expect(recall.older(than: "") == "three")
        recall.restart()
        #expect(recall.older(than: "") == "three")
    }

    @Test("without lines there is nowhere to go")
    func empty() {
        var recall = HistoryRecall([])
        #expect(recall.older(than: "begun") == nil)
        #expect(recall.newer() == nil)
    }
}
