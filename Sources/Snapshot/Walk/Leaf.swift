/// A leaf whose elements were found to be within it and in order.
struct Leaf: Sendable {
    let page: Page
    /// Those that are sound.
    let elements: [Page.LeafElement]
}
