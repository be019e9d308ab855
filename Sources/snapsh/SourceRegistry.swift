import Backups
import Codecs
import DirectoryStore
import Layouts
import S3Store
import SidecarClient

/// All sources that `use` connects to. A new one is one line here.
enum SourceRegistry {
    static var all: [SourceDeclaration] {
        let layouts = LayoutRegistry.all(CodecRegistry.encodings)
        return [
            BackupService.declaration(layout: LayoutRegistry.ofBackupService),
            S3.declaration(layouts: layouts),
            Volume.declaration(layouts: layouts),
        ]
    }
}
