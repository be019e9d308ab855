import Text

/// What several commands of drills take.
enum DrillOptions {
    /// The folder of a drill that was started, or the drill's name.
    static let sandbox = ArgumentKey.optional("SANDBOX", ValueKind<String>.text)
    static let seed = Option(
        "seed",
        value: "SEED",
        ValueKind<UInt64>("a seed of hexadecimal digits") { text throws(UsageError) in
            if let seed = UInt64(text, radix: 16) { return seed }
            throw UsageError(
                "'\(text.printable)' is no seed",
                hint: "it is up to 16 hexadecimal digits, as in --seed 1f3a"
            )
        },
        "build the same world as another time, or as another team"
    )
    static let timed = Option(
        "timed",
        value: "DURATION",
        ValueKind<Double>("a duration") { text throws(UsageError) in
            if let seconds = DurationText.seconds(of: text), seconds > 0 { return seconds }
            throw UsageError("'\(text.printable)' is no duration", hint: "write it as 15m, 1h or 90s")
        },
        "how long it may take; the result says whether that was enough"
    )
    static let team = Option("team", value: "NAME", .text, "whose result it is, in the report; otherwise yours")
}
