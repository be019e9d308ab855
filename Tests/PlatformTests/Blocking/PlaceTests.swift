import Testing

@testable import Blocking

@Suite("Places that answer as a whole")
struct PlaceTests {
    private static let mounts = ["/mnt/nfs", "/mnt/nfs/inner", "/"]

    @Test("a path belongs to the network mount that it lies on, or to itself")
    func mounts() {
        let places = [
            ("/mnt/nfs/a/b", "/mnt/nfs"), ("/mnt/nfs", "/mnt/nfs"), ("/mnt/nfs/inner/x", "/mnt/nfs/inner"),
            ("/mnt/nfsx", "/mnt/nfsx"), ("/mnt/./nfs//a/../b/", "/mnt/nfs"), ("/../home/", "/home"),
        ]
        for (folder, path) in places {
            #expect(Place(folder: folder, mounts: Array(Self.mounts.prefix(2))).path == path)
        }
        #expect(Place(folder: "/home", mounts: Self.mounts).path == "/")
    }

    @Test("a place contains what lies below it, and nothing that is only called alike")
    func contains() {
        let place = Place(folder: "/mnt/a", mounts: [])
        for (path, isIn) in [("/mnt/a", true), ("/mnt/a/b", true), ("/mnt/ab", false), ("/mnt", false)] {
            #expect(place.contains(Place(folder: path, mounts: [])) == isIn, "\(path)")
        }
        #expect(Place(folder: "/", mounts: []).contains(place))
    }

    @Test("network mounts are told from the system's list of mounts")
    func mountInfo() {
        let text = #"""
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            30 22 0:40 / /mnt/with\040space rw,relatime shared:2 master:3 - nfs4 server:/x rw,vers=4.2
            31 22 0:41 / /mnt/s3 rw - fuse.s3fs s3fs rw
            32 22 0:42 / /dev/shm rw - tmpfs tmpfs rw
            33 22 0:43 / /mnt/odd rw
            34 22 0:44 / /mnt/smb rw shared:4 - cifs //server/x rw

            """#
        #expect(Mounts.network(inMountInfo: text) == ["/mnt/with space", "/mnt/s3", "/mnt/smb"])
    }
}
