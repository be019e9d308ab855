/// How the backup server listens, and who may ask it.
public struct ServerSettings: Sendable {
    public var address: ListenAddress
    /// A PEM file with the server's certificate; without one it speaks plain HTTP.
    public var certificateFile: String?
    /// Its key; in the certificate's file where none is named.
    public var keyFile: String?
    /// What a client must show as its bearer token; without one everybody may ask who reaches the address.
    public var token: Token?
    /// Where copies are kept of what can be read only once; the usual place where none is named.
    public var spoolFolder: String?
    /// How much is done at the same time.
    var limits = RequestLimits()
    /// For how long a status is answered again as it was.
    var statusLifetime: Duration = .seconds(5)
    /// A client that takes nothing for so long has gone, or does no one any good.
    var stallTimeLimit: Duration = .seconds(60)

    public init(
        address: ListenAddress = .usual,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        token: Token? = nil,
        spoolFolder: String? = nil
    ) {
        self.address = address
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.token = token
        self.spoolFolder = spoolFolder
    }
}
