import HTTP

/// The role of a container on ECS, or of a pod on EKS (Pod Identity): `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`, or
/// `AWS_CONTAINER_CREDENTIALS_FULL_URI`, with a token in `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` or
/// `AWS_CONTAINER_AUTHORIZATION_TOKEN`.
///
/// Once there is a URI, whatever goes wrong ends the chain.
struct ContainerProvider: CredentialProvider {
    let configuration: AWSConfiguration
    let context: ProviderContext

    var name: String { "the container's role" }

    /// What a full URI may name without TLS, beside this machine itself: ECS and EKS, in IPv4 and IPv6.
    private static let plainHosts: Set = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]

    func credentials() async throws -> Credentials {
        let (origin, target) = try endpoint()
        var headers = [HTTPField("Accept", "application/json")]
        if let token = try await token() { headers.append(HTTPField("Authorization", token)) }
        let response = try await context.response(
            to: HTTPRequest(
                .get,
                origin,
                target: target,
                headers: headers,
                timeLimits: HTTPTimeLimits(connecting: .seconds(2), idle: .seconds(2)),
                mayUseProxy: false
            )
        )
        guard response.status == 200 else {
            throw ProviderError.broken("\(origin) answered with status \(response.status)")
        }
        return try CredentialDocument(response.body, from: "\(origin)").credentials(from: "\(origin)")
    }

    private func endpoint() throws(ProviderError) -> (HTTPOrigin, target: String) {
        let environment = configuration.environment
        let relative = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"].map { "http://169.254.170.2\($0)" }
        guard let uri = relative ?? environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] else {
            throw .absent("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set")
        }
        // The path is asked for as it stands, with a '/' at its end or a query.
        let start = uri.firstRange(of: "://")?.upperBound ?? uri.startIndex
        let end = uri[start...].firstIndex { $0 == "/" || $0 == "?" } ?? uri.endIndex
        let target = uri[end...]
        guard let origin = HTTPBase(String(uri[..<end]))?.origin,
            target.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .broken("the URI of its credentials is not a URL") }
        guard origin.isSecure || origin.isLoopback || Self.plainHosts.contains(origin.host) else {
            throw .broken("the URI of its credentials names \(origin), which needs https")
        }
        return (origin, target.hasPrefix("/") ? String(target) : "/\(target)")
    }

    /// The file is read each time, for its token is replaced before it expires, and without the line end behind it.
    private func token() async throws -> String? {
        let environment = configuration.environment
        guard let file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] else {
            return try Self.checked(environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"])
        }
        return try Self.checked(await TokenFile.token(in: file, home: configuration.home))
    }

    private static func checked(_ token: String?) throws(ProviderError) -> String? {
        guard token?.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) ?? true else {
            throw .broken("its authorization token is not one line of plain text")
        }
        return token
    }
}
