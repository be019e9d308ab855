import Backups
import Text

/// What a snapshot was packed in.
struct Packing: Sendable {
    let encoding: BackupEncoding
    /// How many bytes the packed file has.
    let byteCount: Int64

    /// - Returns: `nil` where the file is the snapshot itself.
    init?(_ snapshot: OpenedSnapshot) {
        guard snapshot.isPacked else { return nil }
        encoding = snapshot.encoding
        byteCount = snapshot.storedByteCount
    }

    /// Comes before what is said of the snapshot.
    var row: (String, String) { ("packed", "\(encoding), \(byteCount.byteCountText); the rest is of the snapshot in it") }
}
