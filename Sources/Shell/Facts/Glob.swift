import Glibc

/// Patterns with `*`, `?` and `[…]`, as in sh.
enum Glob {
    static func matches(_ text: String, pattern: String) -> Bool {
        fnmatch(pattern, text, 0) == 0
    }
}
