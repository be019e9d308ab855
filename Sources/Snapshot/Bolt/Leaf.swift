/// A leaf whose elements were found to be within it and in order.
package struct Leaf: Sendable {
    package let page: Page
    /// Those that are sound.
    package let elements: [Page.LeafElement]
}
