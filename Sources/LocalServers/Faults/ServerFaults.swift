/// What goes wrong with a server, and on the way to it.
package struct ServerFaults: Sendable, Equatable {
    /// Connections are refused, and none stays open.
    package var isDown = false
    /// So many of the next requests get HTTP status 503, and their connections are closed.
    package var busyCount = 0
    /// Each connection is reset after so many bytes of responses.
    package var resetByteCount: Int?
    /// Each connection falls silent after so many bytes of responses, and stays open.
    package var silentByteCount: Int?
    /// How far the server's clock is ahead of the right time.
    package var clockOffset: Duration = .zero

    package init(
        isDown: Bool = false,
        busyCount: Int = 0,
        resetByteCount: Int? = nil,
        silentByteCount: Int? = nil,
        clockOffset: Duration = .zero
    ) {
        self.isDown = isDown
        self.busyCount = busyCount
        self.resetByteCount = resetByteCount
        self.silentByteCount = silentByteCount
        self.clockOffset = clockOffset
    }
}
