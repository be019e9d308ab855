package import Text

/// What `serve` is given: where it listens, and what lets others in.
package struct ServeOptions: Sendable, Equatable {
    /// The default: the sidecar's port on this machine.
    package var address: HostAndPort?
    package var certificateFile: String?
    package var keyFile: String?
    package var tokenFile: String?
    /// Where copies are kept of backups that a source sends only once.
    package var spoolFolder: String?
}
