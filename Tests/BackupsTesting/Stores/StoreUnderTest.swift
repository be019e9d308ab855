package import Backups
import Testing

/// A kind of store, and how a test makes one with the files that it wants.
package struct StoreUnderTest: Sendable, CustomTestStringConvertible {
    /// A store that holds just the given files, and how to change them without it; it keeps them alive.
    package struct Filled: Sendable {
        package var store: any Store
        package var replace: @Sendable (_ key: String, _ bytes: [UInt8]) throws -> Void
        package var remove: @Sendable (_ key: String) throws -> Void

        package init(
            store: any Store,
            replace: @escaping @Sendable (_ key: String, _ bytes: [UInt8]) throws -> Void = { _, _ in },
            remove: @escaping @Sendable (_ key: String) throws -> Void = { _ in }
        ) {
            self.store = store
            self.replace = replace
            self.remove = remove
        }
    }

    /// What only some kinds can do.
    package struct Abilities: OptionSet, Sendable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// It has bytes, and not only names.
        package static let reads = Abilities(rawValue: 1 << 0)
        /// Files can be replaced and removed behind its back.
        package static let changes = Abilities(rawValue: 1 << 1)
        /// Each page begins after the last name of the page before, whether that is a key or a folder.
        package static let sortsAcrossPages = Abilities(rawValue: 1 << 2)
        /// It keeps the versions of a file.
        package static let keepsVersions = Abilities(rawValue: 1 << 3)

        package static let usual: Abilities = [.reads, .changes, .sortsAcrossPages]
    }

    package let testDescription: String
    let abilities: Abilities
    let make: @Sendable (_ files: [String: [UInt8]]) async throws -> Filled

    package init(
        _ name: String,
        _ abilities: Abilities = .usual,
        make: @escaping @Sendable (_ files: [String: [UInt8]]) async throws -> Filled
    ) {
        testDescription = name
        self.abilities = abilities
        self.make = make
    }
}
