import FoundationEssentials
import Testing

@testable import Layouts

@Suite("The form of a name")
struct NameFormTests {
    private func seconds(_ form: NameForm, _ name: String) -> Double? {
        form.match(name)?.time?.timeIntervalSince1970
    }

    @Test func `has a free text, and a time behind it`() {
        let form = NameForm("*-%Y-%m-%dT%H-%M-%S.db")
        let match = form.match("a-b-2026-01-31T08-15-00.db")
        #expect(match?.text == "a-b")
        #expect(match?.time == Date(timeIntervalSince1970: 1_769_847_300))
        #expect(form.match("-2026-01-31T08-15-00.db") == nil)
        #expect(form.match("a-2026-01-31T08-15-00.db.part") == nil)
        #expect(form.match("a-2026-1-31T08-15-00.db") == nil)
        #expect(form.match("") == nil)
    }

    @Test(
        "reads every day of the calendar",
        arguments: [
            ("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2024-12-31", 1_735_603_200),
            ("2100-03-01", 4_107_542_400), ("1999-03-01", 920_246_400),
        ]
    )
    func days(day: String, expected: Double) {
        #expect(seconds(NameForm("%Y-%m-%d"), day) == expected)
    }

    @Test(
        "knows times that do not exist",
        arguments: [
            "2026-13-01T00", "2026-00-01T00", "2026-02-29T00", "2100-02-29T00", "2026-04-31T00", "2026-01-01T24",
        ]
    )
    func impossible(time: String) {
        let match = NameForm("%Y-%m-%dT%H").match(time)
        #expect(match?.hasImpossibleTime == true)
        #expect(match?.time == nil)
    }

    @Test func `has a zone`() {
        let form = NameForm("%Y-%m-%dT%H:%M:%S%z_etcd")
        #expect(seconds(form, "2026-01-31T08:15:00Z_etcd") == 1_769_847_300)
        #expect(seconds(form, "2026-01-31T10:15:00+02:00_etcd") == 1_769_847_300)
        #expect(seconds(form, "2026-01-31T02:45:00-05:30_etcd") == 1_769_847_300)
        for name in ["2026-01-31T08:15:00_etcd", "2026-01-31T08:15:00+0200_etcd", "2026-01-31T08:15:00+25:00_etcd"] {
            #expect(form.match(name) == nil)
        }
        #expect(seconds(NameForm("*-%Y-%m-%dT%H:%M:%S%z.snap"), "a-2026-01-31T10:15:00+02:00.snap") == 1_769_847_300)
    }

    @Test func `has seconds since 1970, which end somewhere`() {
        let form = NameForm("*-%s")
        #expect(seconds(form, "a-1769847300") == 1_769_847_300)
        #expect(form.match("a-17698473") == nil)
        #expect(form.match("1769847300") == nil)
        #expect(form.match("a-999999999999999999999999")?.hasImpossibleTime == true)
    }

    @Test func `has numbers, in their order`() {
        #expect(
            NameForm("Full-%N-%N-%s").match("Full-00000001-00000023-1769847300")?.numbers == ["00000001", "00000023"]
        )
        #expect(
            NameForm("*-%8-%6-rev%N.db").match("a-20260131-081500-rev7.db")?.numbers == ["20260131", "081500", "7"]
        )
        #expect(NameForm("*_%X_etcd.backup").match("a_00000000000000ff_etcd.backup")?.numbers == ["00000000000000ff"])
        #expect(NameForm("*_%X_etcd.backup").match("a_00000000000000FF_etcd.backup") == nil)
    }

    @Test func `is not misled by text that is not ASCII`() {
        #expect(NameForm("*-%s").match("größe-1769847300")?.text == "größe")
        #expect(NameForm("%Y-%m-%d").match("２026-01-31") == nil)
    }
}
