import Text

/// What `expect` takes.
enum ExpectArguments {
    static let fact = ArgumentKey("FACT", .fact)
    static let comparison = ArgumentKey.optional("OP", .comparison)
    /// Its type is the fact's, or a pattern's.
    static let value = ArgumentKey.optional("VALUE", .text)
}

extension CommandDeclaration {
    static let expect = CommandDeclaration(
        words: ["expect"],
        summary: "stop the script unless a condition holds",
        details: [
            "OP is == != < <= > >= or ~ (a pattern with * and ?). A fact that is yes or no",
            "stands alone. 'help facts' lists the facts.",
        ],
        arguments: [ExpectArguments.fact, ExpectArguments.comparison, ExpectArguments.value],
        examples: [
            .init("pick max; expect pick.age < 3650d", "fails if the backup is too old"),
            .init("ls; expect ls.count > 0", "fails if there is no backup"),
            .init("pick max; get out.db; expect file.verified", "the file is sound"),
        ],
        staticEffect: .comparesFact,
        run: { invocation, session in
            let fact = try invocation[ExpectArguments.fact]
            let name = fact.name
            guard let value = fact.value(session) else {
                let reason = try fact.absence(in: session)
                throw UnmetExpectation(message: "an expectation is not met: \(name) is unknown: \(reason)")
            }
            guard let comparison = invocation[ExpectArguments.comparison] else {
                return try require(value == .yesNo(true), name, value, "is \(value.description)", session)
            }
            let type = comparison.valueType(for: fact.type)
            let text = invocation[ExpectArguments.value] ?? ""
            guard let wanted = type.value(of: text) else {
                throw UsageError("'\(text.printable)' is not \(type.name)", hint: "'\(name)' is \(type.name)")
            }
            try require(
                comparison.holds(value, wanted),
                name,
                value,
                "is \(value.description), not \(comparison.rawValue) \(text.printable)",
                session
            )
        }
    )

    @MainActor
    private static func require(
        _ holds: Bool,
        _ name: String,
        _ value: FactValue,
        _ objection: String,
        _ session: Session
    ) throws {
        guard holds else { throw UnmetExpectation(message: "an expectation is not met: \(name) \(objection)") }
        session.output.result(
            "as expected: \(name) is \(value.description)",
            json: ExpectationRecord(fact: name, value: value.plainText)
        )
    }

    private struct ExpectationRecord: Encodable {
        let kind = "expectation"
        let fact: String
        let value: String
    }
}
