/// A layout whose names are `<series><unix time><ending>`: those of a series stand together, in the order of their
/// times.
///
/// The newest of each series is found without reading the names of all before it (`SeriesSearch`).
public protocol TimedSeries: Layout {
    /// What a backup's name begins with, up to its time; `nil` of another name, and where the time has no ten digits.
    func series(of name: String) -> String?
}
