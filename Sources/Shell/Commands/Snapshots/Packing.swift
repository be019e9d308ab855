import Backups
import Text

/// What a snapshot was packed in.
struct Packing: Sendable {
    /// From the outermost on.
    let layers: [String]
    /// Which file of an archive it was.
    let entry: String?
    /// The files beside it in the archive.
    let companions: [String]
    /// How many bytes the packed file has.
    let byteCount: Int64

    /// - Returns: `nil` where the file is the snapshot itself.
    init?(_ snapshot: OpenedSnapshot) {
        guard snapshot.isPacked else { return nil }
        layers = snapshot.unpacked.layers.map(\.name)
        entry = snapshot.unpacked.entry?.name
        companions = snapshot.unpacked.companionNames
        byteCount = snapshot.storedByteCount
    }

    /// Comes before what is said of the snapshot.
    var rows: [(String, String)] {
        let entry = entry.map { ", as \($0.printable)" } ?? ""
        let row = (
            "packed",
            "\(layers.joined(separator: ", "))\(entry), \(byteCount.byteCountText); the rest is of the snapshot in it"
        )
        return [row] + (companions.isEmpty ? [] : [("beside it", companions.companionText)])
    }
}

extension Unpacked {
    /// The files that lie beside the snapshot in its archive.
    var companionNames: [String] { companions.filter { $0.kind == .file }.map(\.name) }
}

extension [String] {
    /// A few of many names, and how many more there are.
    var companionText: String {
        let shown = prefix(5).map(\.printable).joined(separator: ", ")
        return count > 5 ? "\(shown) and \(count - 5) more" : shown
    }
}
