import Text

/// The AWS settings of one run, as the AWS CLI finds them: in the environment, and in a profile of its two files.
package struct AWSConfiguration: Sendable, SecretKeeping {
    /// From a setting, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, or else `default`.
    package let profileName: String
    /// Whether a setting named it: then the keys in the environment are not meant.
    package let isProfileExplicit: Bool
    /// From `AWS_REGION`, `AWS_DEFAULT_REGION`, or the profile.
    package let region: String?
    /// From the profile's `addressing_style` under `s3 =`.
    package let addressingStyle: AddressingStyle

    /// Without the variables that are empty.
    let environment: [String: String]
    let home: String?
    let files: AWSFiles
    /// What both files say of the profile.
    let profile: AWSSettings?

    /// How a bucket is named in a URL.
    package enum AddressingStyle: String, Sendable, CaseIterable {
        case automatic = "auto"
        /// `https://endpoint/bucket/name`
        case path
        /// `https://bucket.endpoint/name`
        case virtual
    }

    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - home: The folder that `.aws` is in.
    ///   - profile: The profile that a setting names.
    /// - Throws: `AWSConfigurationError`. A file may be missing; a profile that was asked for may not.
    package init(environment: [String: String], home: String?, profile: String? = nil) throws(AWSConfigurationError) {
        let environment = environment.filter { !$0.value.isEmpty }
        self.environment = environment
        self.home = home
        files = try AWSFiles(environment: environment, home: home)
        let variable = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].first { environment[$0] != nil }
        profileName = profile ?? variable.flatMap { environment[$0] } ?? "default"
        isProfileExplicit = profile != nil
        let settings = files.settings(of: profileName)
        self.profile = settings
        if settings == nil, profile != nil || variable != nil {
            throw .noProfile(
                profileName,
                askedBy: profile == nil ? variable : nil,
                profiles: files.profileNames.sorted()
            )
        }

        region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? settings?["region"]
        if let region { try Self.check(region) }
        let style = settings?["s3", "addressing_style"] ?? AddressingStyle.automatic.rawValue
        guard let addressingStyle = AddressingStyle(rawValue: style) else {
            let styles = AddressingStyle.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(setting: "addressing_style", value: style, expected: "one of \(styles)")
        }
        self.addressingStyle = addressingStyle
    }

    /// - Throws: `AWSConfigurationError` for what can't be part of a host's name.
    static func check(_ region: String) throws(AWSConfigurationError) {
        let isName =
            !region.isEmpty
            && region.utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric || byte == 0x2D
            }
        if !isName { throw .invalid(setting: "the region", value: region, expected: "a region such as eu-west-1") }
    }

    package var description: String { "AWS settings of profile '\(profileName)'" }

    // MARK: - Single settings

    /// A variable of the environment, or else a setting of the profile.
    func value(_ variable: String, profile setting: String) -> String? {
        environment[variable] ?? profile?[setting]
    }

    /// The same for a yes or no: anything but `true` is a no.
    func isTrue(_ variable: String, profile setting: String) -> Bool {
        value(variable, profile: setting)?.lowercased() == "true"
    }

    /// A PEM file with the authorities to trust.
    package var caBundle: String? {
        value("AWS_CA_BUNDLE", profile: "ca_bundle").flatMap { SmallFile.path($0, home: home) }
    }
}
