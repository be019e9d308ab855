import Backups
import Codecs
import DirectoryStore
import Layouts
import S3Store
import SidecarClient

@testable import Shell

/// The sources that the program knows, each of which connects to a volume.
enum Sources {
    /// - Parameter volume: Connects to a volume: the one that `use pv` names, or for all else the usual one.
    static func all(
        volume: @escaping @Sendable (_ path: String?) async throws -> any BackupSource
    ) -> [SourceDeclaration] {
        real.map { declaration in
            var source = declaration
            source.connect = { values, _ in
                try await volume(declaration.name == "pv" ? values.place as? String : nil)
            }
            return source
        }
    }

    /// The same as the program has them.
    static let real = [
        BackupService.declaration(layout: LayoutRegistry.ofBackupService),
        S3.declaration(layouts: LayoutRegistry.all(CodecRegistry.encodings)),
        Volume.declaration(layouts: LayoutRegistry.all(CodecRegistry.encodings)),
    ]

    /// What a check or a completion needs, where nothing runs.
    static let dependencies = ShellDependencies(
        sources: all { _ in throw CancellationError() },
        serve: { _, _, _, _, _ in 0 }
    )

    static let commands = dependencies.commands
}

extension ShellDependencies {
    /// The same with a home directory, and with or without someone to ask for secrets.
    func with(home: String? = nil, canAskSecrets: Bool = false) -> ShellDependencies {
        var changed = self
        changed.home = home
        if canAskSecrets { changed.ask = { _, _ in "" } }
        return changed
    }
}
