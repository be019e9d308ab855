public import Backups

extension SourceTopic {
    /// Which proxies are used.
    public static let proxy = SourceTopic(
        "proxy",
        """
          HTTPS_PROXY  the proxy for https:// servers: http://[user:password@]host[:port]
          HTTP_PROXY   the proxy for http:// servers, written in the same way
          NO_PROXY     what goes past it: hosts, domains (example.com), host:port, or *

          Each is also read in small letters, which count first. They are variables of the
          environment. This machine itself is never reached through a proxy. A proxy that
          refuses, or wants a password, is named with its variable in the failure.
        """
    )
}
