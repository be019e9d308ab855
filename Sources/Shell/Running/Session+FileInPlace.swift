import Backups
import Language
import Text

/// What is chosen in a session at one point: a file that was made then may be of something else than what is chosen
/// later.
struct SessionChoice: Sendable, Equatable {
    /// Where the source in use is.
    var location: String?
    var cluster: ClusterName?
    /// The name of the pick.
    var pick: String?
}

extension SessionChoice {
    /// What is chosen otherwise since, as the end of a sentence: `cluster 'bar' is chosen since then`; `nil` where
    /// nothing is.
    func difference(to later: SessionChoice) -> String? {
        if let place = later.location, place != location { return "the \(place) is in use since then" }
        if let name = later.cluster, name != cluster {
            return "cluster '\(name.description.printable)' is chosen since then"
        }
        if let name = later.pick, name != pick { return "\(name.printable) is picked since then" }
        return nil
    }
}

extension Session {
    var choice: SessionChoice {
        SessionChoice(location: source?.location, cluster: sourceCluster ?? cluster, pick: pick?.name)
    }

    /// The file that a command takes where FILE is left out. Says whose it is.
    ///
    /// - Parameters:
    ///   - need: Whether it must be of what is chosen now: `currentFile`.
    ///   - command: The command's name.
    ///   - line: The command with a file.
    /// - Throws: `UnmetNeed` where there is none, `FileOfOtherChoice` where it is of something else.
    func file(inPlaceFor need: Need, of command: String, _ line: (_ file: String) -> String) throws -> FileFacts {
        guard let file else { throw UnmetNeed(.file, dependencies.commands) }
        switch file.choice.difference(to: choice) {
        case nil: output.note("taking \(file.wholeName)")
        case let difference? where need == .currentFile:
            throw FileOfOtherChoice(
                command: command,
                file: file.wholeName,
                difference: difference,
                line: line(file.path)
            )
        case let difference?: output.warning("taking \(file.wholeName); \(difference)")
        }
        return file
    }
}

extension FileFacts {
    /// `out.db, which is 3.4.23_000000000000000f_etcd.backup of cluster 'foo' in the volume /mnt`.
    fileprivate var wholeName: String {
        guard let origin else { return "\(path.printable), which was verified last" }
        // 'get' without FILE gives it the name of the backup.
        let name = PathParts(path).name.hasSameBytes(as: origin.backup) ? "" : ", which is \(origin.backup.printable)"
        return "\(path.printable)\(name)"
            + (origin.cluster.map { " of cluster '\($0.description.printable)'" } ?? "") + " in the \(origin.location)"
    }
}
