// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Of a target that does no work for each byte of a backup: a release is compiled for size.
let small = strict + [SwiftSetting.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// Libraries that become part of the program. It is carried to machines that lack them.
func archives(_ names: String...) -> [LinkerSetting] { names.map { .linkedLibrary(":lib\($0).a") } }

/// A release is linked for size and a quick start: `Sources/snapsh/Release/link.cfg` says how.
let lean: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xclang-linker",
            "--config=\(Context.packageDirectory)/Sources/snapsh/Release/link.cfg",
        ],
        .when(configuration: .release)
    )
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

// A target earns its place by an import that it forbids: README, "How the house is laid out".
let package = Package(
    name: "snapsh",
    products: [
        .executable(name: "snapsh", targets: ["snapsh"]),
        .library(
            name: "Backups",
            targets: ["Backups", "Codecs", "DirectoryStore", "Layouts", "S3Store", "SidecarClient"]
        ),
        .library(name: "Snapshot", targets: ["Snapshot"]),
        .library(name: "Restore", targets: ["Restore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // The ground: no target here knows what a backup is.
        .systemLibrary(name: "LibEdit", path: "Sources/Platform/LibEdit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "LibExpat", path: "Sources/Platform/LibExpat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "LibYAML", path: "Sources/Platform/LibYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "LibZ",
            path: "Sources/Platform/LibZ",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .target(name: "CArchive", path: "Sources/Platform/CArchive"),
        .target(name: "CChecksum", path: "Sources/Platform/CChecksum"),
        .target(name: "CLinux", path: "Sources/Platform/CLinux"),
        .target(name: "Text", path: "Sources/Platform/Text", swiftSettings: strict),
        .target(
            name: "YAML",
            dependencies: ["LibYAML", "Text"],
            path: "Sources/Platform/YAML",
            swiftSettings: small,
            linkerSettings: archives("yaml")
        ),
        .target(
            name: "Blocking",
            dependencies: ["Text"],
            path: "Sources/Platform/Blocking",
            swiftSettings: small
        ),
        .target(
            name: "Files",
            dependencies: ["Blocking", "CLinux", "Text"],
            path: "Sources/Platform/Files",
            swiftSettings: strict
        ),
        .target(
            name: "Processes",
            dependencies: [
                "Blocking", "CLinux", "Files",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Sources/Platform/Processes",
            swiftSettings: small
        ),
        .target(
            name: "HTTPServing",
            dependencies: [
                "Text",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Sources/Platform/HTTPServing",
            swiftSettings: small
        ),

        .target(name: "Language", swiftSettings: small),
        .target(
            name: "Snapshot",
            dependencies: ["Blocking", "CChecksum", crypto],
            swiftSettings: strict
        ),
        .target(
            name: "Restore",
            dependencies: ["Blocking", "CLinux", "Files", "Snapshot", "Text", crypto],
            swiftSettings: strict
        ),
        .target(
            name: "Backups",
            dependencies: ["Blocking", "CLinux", "Files", "LibZ", "Snapshot", "Text"],
            swiftSettings: strict
        ),
        .target(
            name: "Codecs",
            dependencies: ["Backups", "CArchive", "Files", "LibZ", "Processes"],
            swiftSettings: strict
        ),
        .target(name: "Layouts", dependencies: ["Backups", "Text"], swiftSettings: small),
        .target(
            name: "HTTP",
            dependencies: [
                "Backups", "Blocking", "Files", "Text",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: small
        ),
        .target(
            name: "DirectoryStore",
            dependencies: ["Backups", "Blocking", "CLinux", "Files", "Text"],
            path: "Sources/Stores/Directory",
            swiftSettings: small
        ),
        .target(
            name: "S3Store",
            dependencies: ["Backups", "Blocking", "Files", "HTTP", "LibExpat", "Processes", "Text", crypto],
            path: "Sources/Stores/S3",
            swiftSettings: strict,
            linkerSettings: archives("expat")
        ),
        .target(
            name: "SidecarAPI",
            dependencies: ["Backups", "Text"],
            path: "Sources/Sidecar/API",
            swiftSettings: small
        ),
        .target(
            name: "SidecarClient",
            dependencies: ["Backups", "HTTP", "SidecarAPI", "Snapshot", "Text"],
            path: "Sources/Sidecar/Client",
            swiftSettings: small
        ),
        .target(
            name: "SidecarServer",
            dependencies: [
                "Backups", "Blocking", "Files", "HTTPServing", "SidecarAPI", "Snapshot", "Text", crypto,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Sources/Sidecar/Server",
            swiftSettings: small
        ),
        .target(
            name: "LocalServers",
            dependencies: [
                "Backups", "Files", "HTTPServing", "Text",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: small
        ),
        .target(name: "CCatalog", exclude: ["drills", "snapshots"]),
        .target(
            name: "Drills",
            dependencies: [
                "Audit", "Backups", "Blocking", "CCatalog", "Codecs", "Files", "Language", "Layouts", "Restore",
                "Snapshot", "Text",
                "YAML", crypto,
            ],
            swiftSettings: small
        ),
        .target(name: "Audit", dependencies: ["Files", "Text"], swiftSettings: small),
        .target(
            name: "Shell",
            dependencies: [
                "Audit", "Backups", "Blocking", "CLinux", "Drills", "Files", "Language", "Layouts", "Restore",
                "Snapshot",
                "Text",
            ],
            swiftSettings: small
        ),
        .target(
            name: "Parameters",
            dependencies: ["Blocking", "Files", "Text", "YAML"],
            swiftSettings: small
        ),
        .target(
            name: "CLibEdit",
            dependencies: ["LibEdit"],
            linkerSettings: archives("edit", "tinfo", "bsd", "md")
        ),
        .target(name: "Terminal", dependencies: ["CLibEdit", "Files", "Text"], swiftSettings: small),
        .executableTarget(
            name: "snapsh",
            dependencies: [
                "Audit", "Backups", "Blocking", "CLinux", "Codecs", "DirectoryStore", "Drills", "Files", "HTTP",
                "Language",
                "Layouts", "LocalServers", "Parameters", "Processes", "S3Store", "Shell", "SidecarClient",
                "SidecarServer", "Terminal", "Text",
            ],
            exclude: ["Release"],
            swiftSettings: small,
            linkerSettings: lean
        ),

        .target(
            name: "TestSupport",
            dependencies: ["Blocking", crypto],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .target(
            name: "BackupsTesting",
            dependencies: ["Backups", "TestSupport"],
            path: "Tests/BackupsTesting",
            swiftSettings: strict
        ),
        .target(
            name: "SnapshotTesting",
            dependencies: ["Restore", "Snapshot", "TestSupport"],
            path: "Tests/SnapshotTesting",
            swiftSettings: strict
        ),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PlatformTests",
            dependencies: [
                "Blocking", "Files", "HTTPServing", "Processes", "TestSupport", "Text",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "LanguageTests", dependencies: ["Language"], swiftSettings: strict),
        .testTarget(
            name: "SnapshotTests",
            dependencies: ["Blocking", "CChecksum", "Restore", "Snapshot", "SnapshotTesting", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RestoreTests",
            dependencies: ["Files", "Restore", "Snapshot", "SnapshotTesting", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "BackupsTests",
            dependencies: [
                "Backups", "BackupsTesting", "Codecs", "Files", "Layouts", "Snapshot", "TestSupport", "Text",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LayoutsTests",
            dependencies: ["Backups", "BackupsTesting", "Codecs", "Layouts"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CodecsTests",
            dependencies: ["Backups", "BackupsTesting", "Codecs", "LibZ", "Snapshot", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HTTPTests",
            dependencies: ["Backups", "HTTP", "TestSupport", "Text"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StoresTests",
            dependencies: [
                "Backups", "BackupsTesting", "Codecs", "DirectoryStore", "HTTP", "Layouts", "LocalServers", "S3Store",
                "TestSupport", "Text",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SidecarTests",
            dependencies: [
                "Backups", "BackupsTesting", "Codecs", "DirectoryStore", "HTTP", "Layouts", "SidecarAPI",
                "SidecarClient",
                "SidecarServer", "Snapshot", "TestSupport", "Text",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ShellTests",
            dependencies: [
                "Audit", "Backups", "Blocking", "Codecs", "DirectoryStore", "Drills", "Files", "Language", "Layouts",
                "S3Store", "Shell", "SidecarClient", "TestSupport", "Text",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LocalServersTests",
            dependencies: ["Backups", "BackupsTesting", "DirectoryStore", "LocalServers", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ParametersTests",
            dependencies: ["Parameters", "TestSupport", "YAML"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "DrillsTests",
            dependencies: ["Backups", "Drills", "Snapshot", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(name: "AuditTests", dependencies: ["Audit", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "TerminalTests", dependencies: ["Files", "Terminal", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "SnapshTests",
            dependencies: ["Audit", "Drills", "Shell", "TestSupport", "snapsh"],
            swiftSettings: strict
        ),
        .testTarget(name: "PackageTests", dependencies: ["TestSupport"], swiftSettings: strict),
    ]
)

// For scripts/fuzz alone, which builds all of it with libFuzzer's instrumentation.
if Context.environment["SNAPSH_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Restore", "Snapshot", crypto],
            path: "Tests/Fuzz",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
            // libFuzzer brings a 'main', too.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--allow-multiple-definition"])]
        )
    )
}
