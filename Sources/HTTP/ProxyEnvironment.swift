/// Which proxy the environment names for which server: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in upper or lower
/// case.
package struct ProxyEnvironment: Sendable {
    private let secure: Setting?
    private let plain: Setting?
    /// What goes past the proxy: hosts, domains, `host:port`, or `*`.
    private let exceptions: [String]

    /// What a variable names; it is read only where a server needs it.
    private struct Setting: Sendable {
        var variable: String
        var value: String
    }

    /// - Parameter environment: The process's environment. A lower-case name goes before the same in upper case; an
    ///   empty value counts as none.
    package init(_ environment: [String: String]) {
        func setting(_ variable: String) -> Setting? {
            for variable in [variable.lowercased(), variable] {
                guard let value = environment[variable] else { continue }
                return value.isEmpty ? nil : Setting(variable: variable, value: value)
            }
            return nil
        }
        secure = setting("HTTPS_PROXY")
        plain = setting("HTTP_PROXY")
        exceptions = (setting("NO_PROXY")?.value ?? "").lowercased().split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// The proxy for a server; never one for this machine itself.
    ///
    /// - Throws: `ProxyError` where one is named that can't be used: what was to go through it goes nowhere else.
    package func proxy(for origin: HTTPOrigin) throws(ProxyError) -> HTTPProxy? {
        guard let setting = origin.isSecure ? secure : plain, !origin.isLoopback,
            !exceptions.contains(where: { Self.covers($0, origin) })
        else { return nil }
        do {
            var proxy = try HTTPProxy(setting.value)
            proxy.variable = setting.variable
            return proxy
        } catch {
            throw ProxyError(variable: setting.variable, reason: error)
        }
    }

    private static func covers(_ exception: String, _ origin: HTTPOrigin) -> Bool {
        var host = exception
        if let colon = exception.lastIndex(of: ":"), !exception.hasSuffix("]"),
            let port = Int(exception[exception.index(after: colon)...])
        {
            guard port == origin.port ?? (origin.isSecure ? 443 : 80) else { return false }
            host = String(exception[..<colon])
        }
        if host == "*" { return true }
        let domain = host.hasPrefix(".") ? String(host.dropFirst()) : host
        return origin.host == domain || origin.host.hasSuffix("." + domain)
    }
}
