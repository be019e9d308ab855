import Foundation
import TestSupport
import Testing

/// What is neither a file nor a folder, among the backups: nothing of it is opened, and nothing waits for it.
@Suite(.ownThread) struct SpecialFileTests {
    private static let name = "3.4.23_0000000000000010_etcd.backup"

    private func expectIgnored(_ workplace: Workplace) throws {
        try workplace.volume.add(9)
        let before = try workplace.state()
        let listed = try workplace.recover("ls --ignored; pick max")
        #expect(listed.output.contains("\(Self.name)  it is neither a file nor a folder"))
        #expect(listed.output.contains("picked 3.4.23_0000000000000009_etcd.backup"))
        #expect(listed.exitCode == 0)
        expectFailure(
            try workplace.recover("pick 16; get"),
            4,
            says: "cannot pick revision 16 (0x10): no backup has it"
        )
        #expect(try workplace.state() == before)
    }

    @Test func aPipeIsNoBackup() throws {
        let workplace = try Workplace()
        try workplace.volume.folder.makeFolder("v1/foo")
        try #require(mkfifo(workplace.volume.folder.path("v1/foo/\(Self.name)"), 0o666) == 0)
        try expectIgnored(workplace)
    }

    @Test func aSocketIsNoBackup() throws {
        let workplace = try Workplace()
        try workplace.volume.folder.makeFolder("v1/foo")
        // A socket's own address may have 107 bytes only.
        try workplace.volume.folder.link("s", to: "v1/foo")
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(workplace.volume.folder.path("s/\(Self.name)").utf8)
        try #require(path.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        try expectIgnored(workplace)
    }

    @Test func aLinkToADeviceIsNoBackup() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.folder.link("v1/foo/\(Self.name)", to: "/dev/zero")
        let outcome = try workplace.recover("ls --ignored")
        #expect(outcome.output.contains("\(Self.name)  it is a link that leaves the volume"))
    }

    @Test func aFolderIsNoBackup() throws {
        let workplace = try Workplace()
        try workplace.volume.add(9)
        try workplace.volume.folder.makeFolder("v1/foo/\(Self.name)")
        let outcome = try workplace.recover("ls --ignored; pick max")
        #expect(outcome.output.contains("\(Self.name)/  it is a folder"))
        #expect(outcome.output.contains("picked 3.4.23_0000000000000009_etcd.backup"))
    }
}
