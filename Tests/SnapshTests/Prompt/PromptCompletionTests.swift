import TestSupport
import Testing

@Suite("Tab", .ownThread)
struct PromptCompletionTests {
    /// What is typed, and what Tab makes of it; `@` stands at the cursor then.
    private static let completions = [
        // One candidate, several with more in common, several with no more in common, none.
        ("us", "use @"), ("clu", "cluster@"), ("pick m", "pick m@"), ("zz", "zz@"),
        ("clusters", "clusters @"), ("use ", "use @"), ("use p", "use pv @"),
        ("pick --be", "pick --before @"), ("pick --before 2036 --etc", "pick --before 2036 --etcd-version @"),
        ("pick max --etcd-version ", "pick max --etcd-version 3.4.23 @"),
        ("get --or", "get --or-older @"), ("get --or-older run", "get --or-older runbook.snapsh @"),
        ("get --or-older=2 --or", "get --or-older=2 --or@"),
        ("cluster f", "cluster foo@"), ("cluster foo-", "cluster foo-bar @"),
        ("pick 3.4", "pick 3.4.23_00000000000000@"),
        ("pick 3.4.23_00000000000000d", "pick 3.4.23_00000000000000d0_etcd.backup @"),
        ("use pv ba", "use pv backups/@"), ("use pv backups/", "use pv backups/v1/@"), ("use pv run", "use pv run@"),
        ("get run", "get runbook.snapsh @"), ("source ~/run", "source ~/runbook.snapsh @"),
        ("source wi", "source 'with space/'@"), ("source 'with space/'n", "source 'with space/new one.snapsh' @"),
        ("source with\\ space/n", "source 'with space/new one.snapsh' @"), ("source it", "source \"it's\" @"),
        ("expect pick.rev", "expect pick.revision @"), ("help fac", "help facts @"),
        ("echo $na", "echo $name @"), ("echo ${pick.na", "echo ${pick.name} @"),
        ("ls; inf", "ls; info @"), ("ls && exi", "ls && exit @"),
        // What is not ours to complete.
        ("!ec", "!ec@"), ("# us", "# us@"), ("echo us", "echo us@"),
    ]

    @Test("completes commands, options, clusters, backups, paths, facts, topics and variables")
    func completes() throws {
        let session = try PromptSession {
            try $0.volume.add(7, cluster: "foo-bar")
            try $0.folder.write([], to: "runbook.snapsh")
            try $0.folder.write([], to: "with space/new one.snapsh")
            try $0.folder.write([], to: "it's")
        }
        try session.run("use pv backups", then: "snapsh pv>")
        try session.run("cluster foo", then: "snapsh pv foo>")
        try session.run("pick max", then: "snapsh pv foo@208>")
        try session.run("set name = value")
        for (typed, completed) in Self.completions {
            try session.terminal.type(typed)
            try session.terminal.press("Tab")
            try session.terminal.type("@")
            try session.expect(typed: completed)
            try session.dropLine()
        }
    }

    @Test("shows the candidates in columns where there is no more in common")
    func list() throws {
        let session = try PromptSession()
        try session.type("e")
        try session.terminal.press("Tab")
        try session.terminal.wait(for: "the list under the line, and the line again") {
            $0.suffix(3) == ["snapsh> e", "expect  echo    exit", "snapsh> e"]
        }
        try session.terminal.type("ch")
        try session.expect(typed: "ech")
    }

    @Test("knows of the lines that a backslash has joined to this one")
    func continuation() throws {
        let session = try PromptSession()
        try session.run("use \\", then: "...>")
        try session.terminal.type("p")
        try session.terminal.press("Tab")
        try session.terminal.type("ba")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "pv backups/@")
        try session.dropLine(then: "snapsh>")
        // The word began on the line above: there is nothing here to put something in the place of.
        try session.run("clus\\", then: "...>")
        try session.terminal.type("ters")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "ters@")
        try session.dropLine(then: "snapsh>")
        try session.terminal.type("inf")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "info @")
    }

    @Test("in the middle of a line uses the space that stands there, and keeps the rest")
    func middle() throws {
        let session = try PromptSession()
        try session.type("us pv backups")
        try session.terminal.press("C-a", "Right", "Right", "Tab")
        try session.terminal.type("@")
        try session.expect(typed: "use @pv backups")
    }

    @Test("lists before a cluster is chosen what there is, and no backups")
    func withoutCluster() throws {
        let session = try PromptSession()
        try session.terminal.type("cluster ")
        try session.terminal.press("Tab")
        try session.terminal.type("@")
        try session.expect(typed: "cluster @")
    }
}
