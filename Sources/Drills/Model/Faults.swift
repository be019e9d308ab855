/// What is wrong on the way to a source, or at its end.
package struct Faults: Sendable, Equatable, Codable {
    /// No connection is taken; a volume is not mounted.
    package var isDown = false
    /// So many of the next requests are answered with status 503.
    package var busyCount = 0
    /// Each connection is reset after so many bytes of responses.
    package var resetByteCount: Int64?
    /// Each connection falls silent after so many bytes of responses.
    package var silentByteCount: Int64?
    /// How far the server's clock is ahead; negative where it is behind. In seconds.
    package var clockOffsetSeconds: Int64 = 0

    package init() {}
}
