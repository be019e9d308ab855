/// Tells by the name of a value whether the value is secret: `X-Amz-Signature`, `AWS_SECRET_ACCESS_KEY`, `token`.
package enum SecretName {
    /// What stands in the name of a secret, in small letters and without what joins words.
    private static let parts = [
        "token", "password", "passwd", "passphrase", "secret", "signature", "credential", "accesskey", "accountkey",
        "apikey", "privatekey", "authorization",
    ]
    /// Names that are secret in a URL, and too common elsewhere.
    private static let namesInURL = ["sig", "key", "pwd", "pass", "auth", "jwt", "code"]
    /// What such a name ends in where it stands for something that is no secret itself.
    private static let harmlessEndings = ["file", "path", "name", "clustertoken"]

    /// - Parameter isInURL: Whether it is a name of a URL's query.
    package static func isSecret(_ name: some Sequence<UInt8>, isInURL: Bool = false) -> Bool {
        let letters = name.filter { !"-_.".utf8.contains($0) }.map { $0 | ((0x41...0x5A).contains($0) ? 0x20 : 0) }
        let text = String(decoding: letters, as: UTF8.self)
        if isInURL, namesInURL.contains(text) { return true }
        return parts.contains(where: text.contains) && !harmlessEndings.contains(where: text.hasSuffix)
    }
}
