// swift-tools-version: 6.1
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
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(name: "Language", swiftSettings: strict),
        .target(name: "Snapshot", dependencies: [crypto], swiftSettings: strict),
        .target(name: "CLinux"),
        .target(name: "Backups", dependencies: ["CLinux", "Snapshot"], swiftSettings: strict),
        .target(name: "BackupSources", dependencies: ["Backups"], swiftSettings: strict),
        .target(name: "Shell", dependencies: ["Language", "Backups", "Snapshot"], swiftSettings: strict),
        .systemLibrary(name: "LibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .executableTarget(
            name: "snapsh",
            dependencies: [
                "Backups", "BackupSources", "Language", "Shell",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
    ]
)
