/// What goes wrong on the way to a server.
public struct ServerFaults: Sendable, Equatable {
    /// No connection is taken, and none stays open.
    public var isDown = false
    /// So many of the next connections get HTTP status 503 and are closed.
    public var busyCount = 0
    /// Each connection is reset after so many bytes of responses.
    public var resetByteCount: Int?
    /// Each connection falls silent after so many bytes of responses.
    public var silentByteCount: Int?

    public init(isDown: Bool = false, busyCount: Int = 0, resetByteCount: Int? = nil, silentByteCount: Int? = nil) {
        self.isDown = isDown
        self.busyCount = busyCount
        self.resetByteCount = resetByteCount
        self.silentByteCount = silentByteCount
    }
}
