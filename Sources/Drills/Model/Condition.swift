/// Something that holds in a world or does not: a fact of things, never of what was typed.
package struct Condition: Sendable, Equatable {
    package var subject: Subject
    package var test: Test

    package init(_ subject: Subject, _ test: Test) {
        self.subject = subject
        self.test = test
    }

    /// What it is about. Paths are within the folder `work`.
    package enum Subject: Sendable, Equatable {
        /// A snapshot file.
        case file(String)
        /// A member's data directory.
        case data(String)
        /// An etcd that answers at this URL.
        case etcd(String)
        /// All backups that the volume had at the start.
        case originals
    }

    package enum Test: Sendable, Equatable {
        case exists(Bool)
        /// It has the bytes, or as a data directory the keys, of one of these backups.
        case isBackup([String])
        /// A snapshot's checksum, pages and revisions are right, or are not.
        case isSound(Bool)
        case hasKey(String)
        case lacksKey(String)
        /// A data directory has so many members in its list.
        case memberCount(Int)
        /// A data directory has none of the members of another one, whose path this is, or some of them.
        case forgets(String, Bool)
        /// Nothing of the originals is missing or changed, or something is.
        case isUnchanged(Bool)
        /// An etcd answers, or does not.
        case answers(Bool)
    }
}
