import CCatalog

/// The drills and the snapshots that the program carries.
package enum Catalog {
    /// From the oldest to the newest, then what else lies in a bucket.
    package static let snapshots: [CarriedSnapshot] = {
        var snapshots: [CarriedSnapshot] = []
        while let next = ccatalog_snapshot(snapshots.count) { snapshots.append(CarriedSnapshot(next.pointee)) }
        return snapshots
    }()

    /// From the easy to the hard.
    package static let drills: [(name: String, bytes: [UInt8])] = {
        var drills: [(name: String, bytes: [UInt8])] = []
        while let next = ccatalog_drill(drills.count)?.pointee {
            drills.append(
                (String(cString: next.name), Array(UnsafeBufferPointer(start: next.bytes, count: next.count)))
            )
        }
        return drills
    }()

    /// - Returns: `nil` where the program carries none of that name.
    package static func snapshot(named name: String) -> CarriedSnapshot? { snapshots.first { $0.name == name } }
}
