import Backups
import BackupsTesting
import Codecs
import Snapshot
import Synchronization
import TestSupport
import Testing

@Suite("A snapshot in containers", .ownThread)
struct ContainerTests {
    private let folder: TemporaryFolder
    private let snapshot: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        snapshot = try Fixture.snapshot("early.db")
    }

    /// What came out, and what was around it.
    private func unpack(
        _ bytes: [UInt8],
        named encoding: BackupEncoding = .raw,
        hasRandomAccess: Bool = true
    ) throws -> (bytes: [UInt8], unpacked: Unpacked) {
        var result: [UInt8] = []
        let input = SplitInput(bytes, maxPieceByteCount: 30_000, hasRandomAccess: hasRandomAccess)
        let unpacked = try Unpacking(CodecRegistry.all, named: encoding).runHere(input) { piece, _ in result += piece }
        return (result, unpacked)
    }

    private func problem(_ bytes: [UInt8]) -> CodecError.Problem? {
        do {
            _ = try unpack(bytes)
            return nil
        } catch {
            return (error as? CodecError)?.problem
        }
    }

    private func shell(_ command: String, _ bytes: [UInt8]? = nil) throws -> [UInt8] {
        try Packing.shell(command, bytes ?? snapshot, in: folder)
    }

    @Test(
        "is found through each of them, by their first bytes alone",
        arguments: [
            ("cat", []),
            ("gzip -c", [.gzip]),
            ("zstd -q -c", [.zstd]),
            ("zstd -q -c --ultra -22 --long=27", [.zstd]),
            ("xz -c", [.xz]),
            ("bzip2 -c", [.bzip2]),
            ("lz4 -q -c", [.lz4]),
            ("base64 -w 0", [.base64]),
            ("gzip -c | base64 | sed 's/$/\\r/'", [.base64, .gzip]),
            ("gzip -c | zstd -q -c | xz -c", [.xz, .zstd, .gzip]),
            ("cat >db; tar -c ./db", [.tar]),
            ("cat >db; tar -cz --format=v7 ./db | cat >/dev/null; tar -cz --format=gnu ./db", [.gzip, .tar]),
            ("cat >db; tar -cz --format=pax db", [.gzip, .tar]),
            ("cat >db; tar -c --zstd db", [.zstd, .tar]),
            ("gzip -c >db.gz; zip -q a.zip db.gz; cat a.zip", [.zip, .gzip]),
            ("cat >db; zip -q a.zip db; tar -cz a.zip", [.gzip, .tar, .zip]),
            ("cat >db; tar -cz db >t.tgz; zip -q -0 a.zip t.tgz; cat a.zip", [.zip, .gzip, .tar]),
        ] as [(String, [BackupEncoding])]
    )
    func layers(command: String, layers: [BackupEncoding]) throws {
        let packed = try shell(command)
        for hasRandomAccess in [true, false] {
            let (bytes, unpacked) = try unpack(packed, hasRandomAccess: hasRandomAccess)
            #expect(bytes == snapshot)
            #expect(unpacked.layers == layers && unpacked.byteCount == Int64(snapshot.count))
            #expect(unpacked.companions.isEmpty)
        }
    }

    /// k3s writes such zips: the sizes stand behind the data and in the directory alone.
    @Test("is found in a zip that was streamed", arguments: ["ZIP_DEFLATED", "ZIP_STORED"])
    func streamedZip(method: String) throws {
        let packed = try Packing.python(
            """
            class Pipe(io.RawIOBase):
                def writable(self): return True
                def write(self, bytes): return sys.stdout.buffer.write(bytes)
            with zipfile.ZipFile(Pipe(), "w", zipfile.\(method)) as archive:
                with archive.open("etcd-snapshot-node-1700000000", "w") as entry:
                    entry.write(sys.stdin.buffer.read())
            """,
            snapshot
        )
        for hasRandomAccess in [true, false] {
            #expect(try unpack(packed, hasRandomAccess: hasRandomAccess).bytes == snapshot)
        }
        let name = try unpack(packed).unpacked.entry?.name
        #expect(name == "etcd-snapshot-node-1700000000")
    }

    @Test("that is more than four is refused")
    func tooMany() throws {
        #expect(try unpack(shell("gzip -c | gzip -c | gzip -c | gzip -c")).bytes == snapshot)
        let five = try shell("gzip -c | gzip -c | gzip -c | gzip -c | gzip -c")
        #expect(problem(five) == .tooManyLayers(maxCount: 4))
    }

    @Test("is refused where there are two, and both are named")
    func two() throws {
        let archives = [
            "cat >a; cp a b; tar -c a b", "cat >a; cp a b; zip -q a.zip a b; cat a.zip",
            "cat >a; gzip -c a >b; tar -cz a b",
        ]
        for command in archives {
            #expect(problem(try shell(command)) == .severalSnapshots("a", "b"))
        }
        #expect(throws: CodecError(.tar, .severalSnapshots("a", "b"))) { try unpack(shell(archives[0])) }
        let error = CodecError(.tar, .severalSnapshots("a", "b"))
        #expect("\(error)" == "its tar archive has more than one snapshot: a and b")
    }

    @Test("is missed in an archive that has none, which says what it has")
    func none() throws {
        let packed = try shell(
            "mkdir d; cat >/dev/null; for f in a b c e; do echo $f >d/$f; done; tar -cz d/a d/b d/c d/e"
        )
        #expect(problem(packed) == .noSnapshot(entryCount: 4, sample: ["d/a", "d/b", "d/c"]))
        let error = CodecError(.tar, .noSnapshot(entryCount: 4, sample: ["d/a", "d/b", "d/c"]))
        #expect("\(error)" == "none of the 4 files in its tar archive is an etcd snapshot: d/a, d/b, d/c, …")
    }

    @Test(
        "is not looked for in an archive of entries without end",
        arguments: [
            ("x", 200, 1 << 20, false), ("long" + String(repeating: "x", count: 90), 5000, 20_000, false),
            ("x", 200, 1 << 20, true),
        ]
    )
    func entries(name: String, maxCount: Int, maxNameByteCount: Int, isInner: Bool) throws {
        let lines = """
            archive = tarfile.open(fileobj=sys.stdout.buffer, mode="w|gz")
            for number in range(210):
                entry = tarfile.TarInfo(f"\(name)-{number}")
                entry.type = [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE][number % 3]
                archive.addfile(entry)
            archive.close()
            """
        let packed = try Packing.python(lines, [])
        var unpacking = Unpacking(CodecRegistry.all)
        (unpacking.maxEntryCount, unpacking.maxNameByteCount) = (maxCount, maxNameByteCount)
        let input = MemoryInput(isInner ? try shell("cat >inner; tar -c inner", packed) : packed)
        let problem = CodecError.Problem.tooManyEntries(maxCount: maxCount, maxNameByteCount: maxNameByteCount)
        #expect {
            try unpacking.runHere(input) { _, _ in }
        } throws: {
            ($0 as? CodecError)?.problem == problem
        }
        (unpacking.maxEntryCount, unpacking.maxNameByteCount) = (211, 1 << 20)
        #expect {
            try unpacking.runHere(input) { _, _ in }
        } throws: {
            if case .noSnapshot? = ($0 as? CodecError)?.problem { true } else { false }
        }
    }

    /// Keeps the bytes of companions in memory.
    private final class Companions: Sendable {
        let files = Mutex<[String: [UInt8]]>([:])

        struct Sink: CompanionSink {
            let owner: Companions
            let name: String

            func write(_ bytes: UnsafeRawBufferPointer) { owner.files.withLock { $0[name, default: []] += bytes } }
            func finish() { owner.files.withLock { $0[name, default: []] += Array("|".utf8) } }
            func drop() { owner.files.withLock { $0[name] = nil } }
        }
    }

    @Test("has companions beside it, whose bytes can be taken", arguments: ["tar -c", "tar -cz", "zip"])
    func companions(tool: String) throws {
        let make =
            "gzip -c >snapshot.gz; echo one >first.json; echo two >inner; tar -cz inner >inner.tgz; ln -s / link; "
        let members =
            tool == "zip"
            ? make + "zip -q --symlinks a.zip first.json snapshot.gz inner.tgz link; cat a.zip"
            : make + "\(tool) -P --transform 's,^inner.tgz,../inner.tgz,' first.json snapshot.gz inner.tgz link"
        let inner = tool == "zip" ? "inner.tgz" : "../inner.tgz"
        let packed = try shell(members)
        var unpacking = Unpacking(CodecRegistry.all)
        let taken = Companions()
        unpacking.companions = { Companions.Sink(owner: taken, name: $0.name) }
        var bytes: [UInt8] = []
        let unpacked = try unpacking.runHere(MemoryInput(packed)) { piece, _ in bytes += piece }
        #expect(bytes == snapshot)
        #expect(unpacked.entry?.name == "snapshot.gz")
        #expect(unpacked.companions.map(\.name) == ["first.json", inner, "link"])
        #expect(unpacked.companions.map(\.kind) == [.file, .file, .link])
        #expect(unpacked.companions.first?.byteCount == 4)
        let files = taken.files.withLock { $0 }
        #expect(files.keys.sorted() == [inner, "first.json"].sorted())
        #expect(files["first.json"] == Array("one\n|".utf8))
        #expect(files[inner] == (try folder.read("inner.tgz")) + Array("|".utf8))
    }

    @Test("is looked for without being read")
    func look() async throws {
        let packed = try shell("cat >db; echo x >y; zip -q a.zip y db; cat a.zip")
        let found = try await Unpacking(CodecRegistry.all).look(into: MemoryInput(packed))
        #expect(found.entry == PackedEntry(name: "db", byteCount: Int64(snapshot.count)))
        #expect(found.byteCount == Int64(snapshot.count))
        #expect(found.companions == [PackedEntry(name: "y", byteCount: 2)])
    }

    @Test("is not looked behind where its presence is enough")
    func lookUpToIt() async throws {
        let packed = try shell("cat >db; echo x >y; tar -cz db y")
        let cut = Array(packed.dropLast(12))
        var unpacking = Unpacking(CodecRegistry.all)
        #expect(problem(cut) != nil)
        unpacking.endsAtSnapshot = true
        let found = try await unpacking.look(into: MemoryInput(cut))
        #expect(found.entry?.name == "db" && found.companions.isEmpty)
    }

    @Test(
        "is not looked for at the end of a bomb",
        // The last three take long to make a large one.
        arguments: [
            ("gzip -c", 1 << 30), ("zstd -q -c", 1 << 30), ("xz -0 -c", 128 << 20), ("bzip2 -c", 128 << 20),
            ("lz4 -q -c", 128 << 20),
        ]
    )
    func bomb(tool: String, byteCount: Int) throws {
        let bomb = try shell("head -c \(byteCount) /dev/zero | \(tool)", [])
        // What begins as no snapshot ends at once.
        #expect(throws: SnapshotProblem.otherKind(.zeros)) { try unpack(bomb) }
        // And what begins as one where there is no more room.
        let begun = try shell("{ cat; head -c 67108864 /dev/zero; } | \(tool)")
        var count: Int64 = 0
        #expect {
            try Unpacking(CodecRegistry.all, maxByteCount: 1 << 20).runHere(MemoryInput(begun)) { bytes, _ in
                count += Int64(bytes.count)
            }
        } throws: {
            ($0 as? CodecError)?.problem == .noRoom(maxByteCount: 1 << 20)
        }
        #expect(count <= 1 << 20)
        // In an archive it is skipped, and not for ever.
        let packed = try shell("cat >bomb; tar -c bomb", bomb)
        var unpacking = Unpacking(CodecRegistry.all)
        unpacking.limit = 64 << 20
        #expect(throws: CodecError(.tar, .noSnapshot(entryCount: 1, sample: ["bomb"]))) {
            try unpacking.runHere(MemoryInput(packed)) { _, _ in }
        }
    }

    @Test("is refused in a zip that a password protects, and in one without its end")
    func protected() throws {
        let packed = try shell("cat >db; zip -q -P secret a.zip db; cat a.zip")
        #expect(problem(packed) == .unsupported(reason: "a password protects its files"))
        let whole = try shell("cat >db; zip -q b.zip db; cat b.zip")
        #expect(problem(Array(whole.dropLast(30))) == .truncated(byteCount: Int64(whole.count) - 30))
    }

    @Test("comes from several frames or members that follow each other")
    func members() throws {
        for tool in ["gzip -c", "zstd -q -c", "xz -c", "bzip2 -c", "lz4 -q -c"] {
            #expect(
                try unpack(shell("cat >db; head -c 5000 db | \(tool); tail -c +5001 db | \(tool)")).bytes == snapshot
            )
        }
    }
}
