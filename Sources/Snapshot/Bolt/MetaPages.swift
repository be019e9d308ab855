/// The two meta pages of a database. bbolt writes them in turn, so that one is always whole.
struct MetaPages: Sendable {
    let first: Result<MetaPage, SnapshotDamage>
    let second: Result<MetaPage, SnapshotDamage>
    /// What is wrong with their page headers, which bbolt does not look at when it opens a database.
    private let headerDamages: [SnapshotDamage]
    /// The page that each of them says is the root, whether or not its checksum is right.
    private let claimedRoots: [UInt64?]

    /// What is wrong with either of them.
    var damages: [SnapshotDamage] {
        [first, second].compactMap { meta in
            if case .failure(let damage) = meta { damage } else { nil }
        } + headerDamages
    }

    /// The one that bbolt goes by: of those that are sound, that of the later transaction (bbolt v1.3.3 `db.go`,
    /// `meta`).
    var current: MetaPage? {
        switch (try? first.get(), try? second.get()) {
        case (let first?, let second?): second.transaction > first.transaction ? second : first
        case (let first, let second): first ?? second
        }
    }

    /// Which of the two `current` is.
    var currentNumber: UInt64 { current == (try? first.get()) ? 0 : 1 }

    /// Whether a damaged page may have led to changes that the other one does not: it names another root, or none that
    /// can be read.
    var mayMissChanges: Bool {
        guard let current else { return false }
        return zip([first, second], claimedRoots).contains { meta, root in
            if case .failure = meta { root != current.rootPage } else { false }
        }
    }

    /// Whether they are as the server sends them: the same but for the transaction, by one (bbolt v1.3.3 `tx.go`,
    /// `WriteTo`).
    var areAsSent: Bool {
        guard case (.success(let first), .success(var second)) = (first, second) else { return false }
        second.transaction &+= 1
        return first == second
    }

    /// - Parameter read: The bytes at an offset of the file, 80 of them, or fewer where it ends.
    init<Bytes: Collection<UInt8>, Failure: Error>(
        read: (_ offset: Int) throws(Failure) -> Bytes
    ) throws(Failure) {
        func meta(_ bytes: Bytes, page number: UInt64) -> Result<MetaPage, SnapshotDamage> {
            Result { () throws(SnapshotDamage) in try MetaPage(bytes, page: number) }
        }
        let firstBytes = try read(0)
        let first = meta(firstBytes, page: 0)
        var secondBytes: Bytes
        var second: Result<MetaPage, SnapshotDamage>
        if case .success(let found) = first {
            secondBytes = try read(Int(found.pageByteCount))
            second = meta(secondBytes, page: 1)
        } else {
            // Page 1 begins where page 0 ends, and only a sound meta says how long a page is (`db.go`, getPageSize).
            secondBytes = try read(4096)
            second = meta(secondBytes, page: 1)
            for shift in 0...14 {
                let bytes = try read(1024 << shift)
                let found = meta(bytes, page: 1)
                if case .success(let meta) = found, meta.pageByteCount == 1024 << UInt64(shift) {
                    (secondBytes, second) = (bytes, found)
                    break
                }
            }
        }
        self.first = first
        self.second = second
        claimedRoots = [firstBytes, secondBytes].map { bytes in
            guard bytes.count >= MetaPage.wholeByteCount else { return nil }
            return Array(bytes).littleEndian(UInt64.self, at: Page.headerByteCount + 16)
        }
        headerDamages = [(firstBytes, 0 as UInt64), (secondBytes, 1)].compactMap { bytes, number in
            guard bytes.count >= Page.headerByteCount else { return nil }
            let header = Page.Header(PageBytes(Array(bytes.prefix(Page.headerByteCount))))
            if header.id != number {
                return SnapshotDamage(page: number, "its header says that it is page \(header.id)")
            }
            if header.flags != Page.Kind.meta.rawValue {
                return SnapshotDamage(
                    page: number,
                    offset: 8,
                    "the flags of a meta page are expected, 4, and they are \(header.flags)"
                )
            }
            return nil
        }
    }
}
