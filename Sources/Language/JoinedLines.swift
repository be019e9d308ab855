extension String {
    /// As one line: a backslash before a line end goes with it, as it does in a script.
    package var joiningLines: String { replacing("\\\r\n", with: "").replacing("\\\n", with: "") }
}
