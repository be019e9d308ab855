// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

// A target earns its place by an import that it forbids: README, "How the house is laid out".
let package = Package(
    name: "snapsh",
    products: [
        .executable(name: "snapsh", targets: ["snapsh"]),
        .library(name: "BackupSources", targets: ["Backups", "BackupSources"]),
        .library(name: "Snapshot", targets: ["Snapshot"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        .target(name: "Text", swiftSettings: strict),
        .target(name: "Language", dependencies: ["Text"], swiftSettings: strict),
        .target(name: "CChecksum"),
        .target(name: "CLinux"),
        .target(name: "Blocking", swiftSettings: strict),
        .target(name: "Snapshot", dependencies: ["Blocking", "CChecksum", "CLinux", crypto], swiftSettings: strict),
        .target(name: "Backups", dependencies: ["Blocking", "CLinux", "Snapshot"], swiftSettings: strict),
        .target(
            name: "BackupSources",
            dependencies: [
                "Backups", "Blocking", "Snapshot", "Text", crypto,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "BackupServer",
            dependencies: [
                "Backups", "CLinux", "Snapshot", crypto,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Shell",
            dependencies: ["Backups", "Blocking", "CLinux", "Language", "Snapshot", "Text"],
            swiftSettings: strict
        ),
        .systemLibrary(name: "LibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(name: "CLibEdit", dependencies: ["LibEdit"]),
        .target(name: "Terminal", dependencies: ["CLibEdit"], swiftSettings: strict),
        .executableTarget(
            name: "snapsh",
            dependencies: [
                "Backups", "BackupServer", "BackupSources", "Language", "Shell", "Terminal", "Text",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),

        .target(name: "TestSupport", dependencies: [crypto], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(name: "BlockingTests", dependencies: ["Blocking", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
        .testTarget(name: "LanguageTests", dependencies: ["Language"], swiftSettings: strict),
        .testTarget(
            name: "SnapshotTests",
            dependencies: ["CChecksum", "Snapshot", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(name: "BackupsTests", dependencies: ["Backups", "Snapshot", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "BackupSourcesTests",
            dependencies: ["Backups", "BackupSources", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BackupServerTests",
            dependencies: ["BackupServer", "Backups", "Snapshot", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ShellTests",
            dependencies: ["Backups", "BackupSources", "Language", "Shell", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "SnapshTests", dependencies: ["TestSupport", "snapsh"], swiftSettings: strict),
    ]
)

// For scripts/fuzz alone, which builds all of it with libFuzzer's instrumentation.
if Context.environment["SNAPSH_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Snapshot", crypto],
            path: "Tests/Fuzz",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
            // libFuzzer brings a 'main', too.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--allow-multiple-definition"])]
        )
    )
}
