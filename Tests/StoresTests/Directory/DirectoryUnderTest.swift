import Backups
import BackupsTesting
import Codecs
import Glibc
import Layouts
import TestSupport

@testable import DirectoryStore

extension StoreUnderTest {
    static let directory = StoreUnderTest("a directory") { try await directoryFilled(with: $0) }

    static func directoryFilled(with files: [String: [UInt8]]) async throws -> Filled {
        let folder = try TemporaryFolder()
        for (key, bytes) in files { try folder.write(bytes, to: key) }
        return Filled(store: try await DirectoryStore(root: folder.path)) { key, bytes in
            // As a program does that replaces a file.
            try folder.write(bytes, to: ".new")
            rename(folder.path(".new"), folder.path(key))
        } remove: { key in
            unlink(folder.path(key))
        }
    }
}

extension SourceUnderTest {
    static let volume = SourceUnderTest("a volume") { backups in
        let volume = try BackupVolume(backups)
        return Filled(
            try await Volume.source(at: volume.path, LayoutChoice(of: LayoutRegistry.all(CodecRegistry.encodings))),
            keeping: volume
        )
    }
    static let plainVolume = SourceUnderTest("a volume of plain files", .lists, codecs: CodecRegistry.all) { backups in
        let folder = try TemporaryFolder()
        for backup in backups {
            try folder.write(try backup.storedBytes, to: backup.freeName, modified: backup.modified)
        }
        let layouts = LayoutRegistry.all(CodecRegistry.encodings)
        return Filled(
            try await Volume.source(at: folder.path, LayoutChoice(of: layouts, named: "plain")),
            keeping: folder
        )
    }
}
