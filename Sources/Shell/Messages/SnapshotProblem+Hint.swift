import Backups
import Snapshot

extension SnapshotProblem: Hinting {
    var hint: NextStep? {
        switch self {
        case .otherKind(.gzip): "unpack it with gunzip, then look at the result"
        case .otherKind(.zip): "unpack it with unzip, then look at the result"
        case .otherKind(.zstandard): "unpack it with unzstd, then look at the result"
        case .otherKind(.xz): "unpack it with unxz, then look at the result"
        case .otherKind(.compress): "unpack it with uncompress (as Gardener's .Z is, too), then look at the result"
        case .otherKind(.zlib):
            "unpack it, as with python3 -c 'import sys, zlib; sys.stdout.buffer.write(zlib.decompress(sys.stdin.buffer.read()))'"
        case .otherKind(.gardenerDelta):
            "look for the Full- snapshot before it; only etcd-backup-restore applies deltas"
        case .otherKind(.html), .otherKind(.xml): "a proxy or a server's error page was probably saved in its place"
        case .missingTrailer:
            "a copy of a member's member/snap/db has none; etcd restores such a file with --skip-hash-check only"
        case _ where isOfBytes: "choose another backup with 'ls' and 'pick'"
        default: nil
        }
    }

    /// Whether only other bytes help.
    var isOfBytes: Bool {
        switch self {
        case .truncated, .wrongTrailer, .empty, .tooShort, .words, .damaged, .lowerRevision: true
        default: false
        }
    }
}
