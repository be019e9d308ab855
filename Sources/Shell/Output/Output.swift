import Backups
import Files
package import FoundationEssentials
import Glibc
import Text

/// Writes all output of a session: data to standard output, everything else to standard error.
@MainActor
package final class Output {
    package enum Format: Sendable {
        /// For people.
        case text
        /// One JSON object a line.
        case json
    }

    let format: Format
    private let isQuiet: Bool
    private let usesColor: Bool
    private let write: @MainActor (Channel, [UInt8]) throws -> Void
    /// Secret values, which are never written.
    var secrets = KnownSecrets()
    /// What was reported last, where anything was.
    package private(set) var lastFailure: FailureMessage?
    /// What a quiet run has not said yet.
    private var heldBack: [String] = []
    private var firstError: (any Error)?
    private var isDataClosed = false
    /// Messages of sources, from any task, not yet written.
    private let reports = Reports()
    /// How lines are offered where this output is read.
    var offers: Offers
    /// Gives the time that each message begins with; absent where messages have none.
    private var clock: (@Sendable () -> Date)?
    /// Whether each command is shown before it runs: what only repeats it is then left out.
    package var echoesCommands = false
    /// The progress on the terminal's last line, erased before anything else is written there.
    var progress: (any ProgressDisplay)?
    /// How wide a line of the terminal is, in characters; `nil` where a channel is none.
    package var width: @MainActor (Channel) -> Int? = { _ in nil }

    package enum Channel: Sendable {
        case data
        case talk
    }

    /// - Parameters:
    ///   - place: Where it is read.
    ///   - isQuiet: Leaves out notes, and in text what a command did; listings, warnings and errors stay.
    ///   - write: Writes UTF-8, or data as they are, to a channel; standard output and standard error where nothing
    ///     else is given.
    package init(
        format: Format = .text,
        at place: Offers.Place = .prompt,
        isQuiet: Bool = false,
        usesColor: Bool = false,
        write: @escaping @MainActor (Channel, [UInt8]) throws -> Void = Output.writeToDescriptor
    ) {
        self.format = format
        offers = Offers(place)
        self.isQuiet = isQuiet
        self.usesColor = usesColor
        self.write = write
    }

    // MARK: - Data

    /// Requested data: as text, or as objects, one a line.
    ///
    /// It may be long: a cancellation stops it, and `checkWritten` then throws.
    ///
    /// - Parameter isVerbatim: Whether its lines are left as they are on a terminal, too.
    func listing(
        _ text: @autoclosure () throws -> String,
        isVerbatim: Bool = false,
        json: @autoclosure () throws -> [any Encodable & Sendable]
    ) {
        switch format {
        case .text:
            do {
                let text = masked(try text(), isData: true)
                send(.data, isVerbatim ? Copyable.unmarked(text) : onScreen(text, .data))
            } catch {
                firstError = firstError ?? error
            }
        case .json: sendObjects(json)
        }
    }

    /// How many characters of a line of content a terminal shows.
    private static let maxShownCount = 1000

    /// Lines without the ends that would fill a terminal; what is not one is given all of it.
    private static func shortened(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.utf8.count > maxShownCount, line.count > maxShownCount else { return String(line) }
            return "\(line.prefix(maxShownCount))… and \(line.count - maxShownCount) characters more"
        }.joined(separator: "\n")
    }

    /// Content of a snapshot: it was requested, so nothing in it is hidden.
    func content(_ text: @autoclosure () -> String, json: @autoclosure () throws -> [any Encodable & Sendable]) {
        switch format {
        case .text: send(.data, dataWidth == nil ? text() : Self.shortened(text()))
        case .json: sendObjects(isContent: true, json)
        }
    }

    /// What a command did.
    func result(_ text: @autoclosure () -> String, json: @autoclosure () throws -> any Encodable & Sendable) {
        switch format {
        case .text where isQuiet: break
        case .text: send(.data, onScreen(masked(text(), isData: true), .data))
        case .json: sendObjects { [try json()] }
        }
    }

    /// What a command did, where that is no more than the command itself.
    func repetition(_ text: @autoclosure () -> String, json: @autoclosure () throws -> any Encodable & Sendable) {
        if format == .text, echoesCommands { return }
        result(text(), json: try json())
    }

    /// One object that was asked for, whatever form the rest has.
    package func document(_ object: any Encodable & Sendable) {
        sendObjects { [object] }
    }

    /// Says last how the run ended, where objects are wanted.
    ///
    /// - Returns: The exit code.
    package func end(_ exitCode: Int32) -> Int32 {
        guard format == .json, let json = try? Self.encoded(EndRecord(exitCode: exitCode, lastFailure)) else {
            return exitCode
        }
        // It is short, and is there also where the run was cancelled.
        send(.data, JSONStrings.replacing(in: json) { masked($0, isData: true) })
        return exitCode
    }

    /// Requested raw bytes. At the prompt they end with their line, so that the prompt begins one of its own.
    func raw(_ bytes: [UInt8]) {
        let newline = UInt8(ascii: "\n")
        send(.data, offers.place == .prompt && bytes.last != newline ? bytes + [newline] : bytes)
    }

    private func sendObjects(isContent: Bool = false, _ objects: () throws -> [any Encodable & Sendable]) {
        do {
            let lines = try objects().map {
                try Task.checkCancellation()
                return try Self.encoded($0)
            }
            let text = lines.joined(separator: "\n")
            if !lines.isEmpty {
                send(.data, isContent ? text : JSONStrings.replacing(in: text) { masked($0, isData: true) })
            }
        } catch {
            firstError = firstError ?? error
        }
    }

    private static func encoded(_ object: any Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(object), as: UTF8.self)
    }

    // MARK: - Messages

    /// A note, which can be left out.
    package func note(_ text: String) {
        if !isQuiet { say("note", text, color: "36") }
    }

    /// What `||` passed over. A quiet run says it only once something fails: it may be the reason.
    func passedOver(_ text: String) {
        if isQuiet { heldBack.append(text) } else { note(text) }
    }

    /// Takes a message of a source, from any task: it is written before any later output.
    nonisolated func report(_ notice: Notice) {
        reports.add(notice)
        Task { @MainActor in writeReports() }
    }

    private func writeReports() {
        for notice in reports.take() {
            switch notice {
            case .note(let text): note(text)
            case .warning(let text): warning(text)
            }
        }
    }

    /// A warning, which is always shown.
    package func warning(_ text: String) {
        say("warning", text, color: "33")
    }

    /// A failure: as words, or as an object under `--json`.
    ///
    /// - Parameters:
    ///   - showingPlace: Whether the words include the place in the script.
    ///   - isAskedFor: Whether it is a result, as the findings of a check are: the object is data then.
    package func failure(_ message: FailureMessage, showingPlace: Bool = false, isAskedFor: Bool = false) {
        for text in heldBack { warning(text) }
        heldBack = []
        var message = message.standing(at: offers)
        lastFailure = message
        switch format {
        case .text:
            let text = time + message.text(showingPlace: showingPlace, on: screen(.talk)) { masked($0) }
            send(.talk, styled(text, "31"))
        case .json:
            message.time = clock.map { $0() }
            do {
                let text = JSONStrings.replacing(in: try Self.encoded(message)) { masked($0) }
                send(isAskedFor ? .data : .talk, text)
            } catch {
                // Words are better than nothing.
                send(.talk, masked(message.text(showingPlace: true)))
            }
        }
    }

    /// What is asked about: it is always shown, as it is.
    func question(_ text: String) {
        send(.talk, time + Copyable.unmarked(masked(text)))
    }

    /// A plain line beside the data.
    package func talk(_ text: String) {
        if !isQuiet { say("log", text) }
    }

    private func styled(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    // MARK: - Writing

    /// Says something that is no failure: as a line that may begin with its kind, or as an object under `--json`.
    ///
    /// - Parameter color: Of its kind, which is shown only then; else of all of it.
    private func say(_ kind: String, _ text: String, color: String? = nil) {
        if format == .json {
            let record = MessageRecord(kind: kind, message: Copyable.unmarked(text), time: clock.map { $0() })
            guard let json = try? Self.encoded(record) else { return }
            return send(.talk, JSONStrings.replacing(in: json) { masked($0) })
        }
        guard let color else { return send(.talk, time + styled(onScreen(masked(text), .talk), "2")) }
        let label = "\(kind): "
        let lines = onScreen(time + label + masked(text), .talk)
        let start = time + label
        // On a narrow terminal it may be broken.
        send(.talk, lines.hasPrefix(start) ? time + styled(label, color) + lines.dropFirst(start.count) : lines)
    }

    /// What a message begins with.
    private var time: String { clock.map { TimeText.text($0()) + " " } ?? "" }

    /// How text is laid out on a terminal; `nil` where a channel is none.
    private func screen(_ channel: Channel) -> ScreenText? {
        width(channel).map { ScreenText(width: max(20, $0), breaksCommands: offers.place == .shell) }
    }

    private func onScreen(_ text: String, _ channel: Channel) -> String {
        screen(channel)?.text(text) ?? Copyable.unmarked(text)
    }

    /// How wide a line of the data may be; `nil` where it has no end.
    var dataWidth: Int? { width(.data) }

    /// Begins each message with the time from now on, as a log needs it.
    package func becomeLog(_ now: @escaping @Sendable () -> Date) { clock = clock ?? now }

    /// Begins each message with the time as long as something runs.
    func asLog<Result>(
        _ now: @escaping @Sendable () -> Date,
        _ body: @MainActor () async throws -> Result
    ) async rethrows -> Result {
        let before = clock
        becomeLog(now)
        defer {
            // Those that wait are of that time.
            writeReports()
            clock = before
        }
        return try await body()
    }

    /// Makes a value secret: it is never written from now on.
    package func hide(_ secret: String) { secrets.add(secret) }

    /// The text without secrets. Everything but a snapshot's own content passes through here.
    func masked(_ text: String, isData: Bool = false) -> String {
        let text = secrets.masking(text)
        return isData ? SecretText.maskingURLs(in: text) : SecretText.masking(text)
    }

    private func send(_ channel: Channel, _ text: String) {
        send(channel, Array((text + "\n").utf8))
    }

    private func send(_ channel: Channel, _ bytes: [UInt8]) {
        writeReports()
        guard channel == .talk || !isDataClosed else { return }
        progress?.erase()
        do {
            try write(channel, bytes)
        } catch {
            // The reader closed the pipe, as `head` does: commands continue, and their output is dropped.
            guard (error as? SystemError)?.code != EPIPE else {
                if channel == .data { isDataClosed = true }
                return
            }
            if channel == .data { firstError = firstError ?? error }
        }
    }

    /// - Throws: `OutputError` if data was lost since the last call, `CancellationError` if requested data was
    ///   cut short.
    func checkWritten() throws {
        guard let error = firstError else { return }
        firstError = nil
        if error is CancellationError { throw error }
        throw OutputError(reason: "\(error)")
    }
}
