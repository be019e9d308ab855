import Text

/// What `expect` takes.
enum ExpectArguments {
    static let fact = ArgumentKey("FACT", .fact)
    static let comparison = ArgumentKey.optional("OP", .comparison)
    /// Of the fact's type, or a pattern.
    static let value = ArgumentKey.optional("VALUE", .text)
}

extension CommandDeclaration {
    static let expect = CommandDeclaration(
        words: ["expect"],
        summary: "stop the script unless a condition holds",
        details: [
            "OP is == != < <= > >= or ~ (a pattern with * and ?). A fact that is yes or no",
            "stands alone. 'help facts' lists the facts: of what the commands before have found, and",
            "of things that you name, such as file(out.db).verified.",
        ],
        arguments: [ExpectArguments.fact, ExpectArguments.comparison, ExpectArguments.value],
        examples: [
            .init("pick max; expect pick.age < 3650d", "fails if the backup is too old"),
            .init("ls; expect ls.count > 0", "fails if there is no backup"),
            .init("pick max; get out.db; expect file.verified", "the file is sound"),
            .init("expect file(out.db).keys > 100", "the same of any file, in another session, too"),
        ],
        staticEffect: .comparesFact,
        records: [.expectation],
        dryRun: .asUsual,
        run: { invocation, session in
            let query = try invocation[ExpectArguments.fact]
            let (value, remark): (FactValue, String?)
            switch try await query.reading(in: session) {
            case .value(let found, let why): (value, remark) = (found, why)
            case .unknown(let reason):
                throw UnmetExpectation(
                    message: "an expectation is not met: \(query.text.printable) is unknown: \(reason)",
                    hint: query.lookAround(file: session.file?.path)
                )
            }
            let isPrivate = query.fact.isPrivate || invocation.isPrivate(ExpectArguments.value)
            let outcome = Outcome(query: query, value: value, remark: remark, isPrivate: isPrivate)
            guard let comparison = invocation[ExpectArguments.comparison] else {
                return try outcome.require(value == .yesNo(true), "", session)
            }
            let type = comparison.valueType(for: query.fact.type)
            let text = invocation[ExpectArguments.value] ?? ""
            guard let wanted = type.value(of: text) else {
                throw UsageError(
                    "\(isPrivate ? "what is wanted" : "'\(text.printable)'") is not \(type.name)",
                    hint: "'\(query.fact.usage)' is \(type.name)"
                )
            }
            let shown = isPrivate ? "what was wanted" : text.printable
            try outcome.require(comparison.holds(value, wanted), ", not \(comparison.rawValue) \(shown)", session)
        }
    )

    /// What a fact is, and what was wanted of it.
    private struct Outcome {
        let query: FactQuery
        let value: FactValue
        let remark: String?
        /// Whether what is compared may be a secret, which nobody asked to see.
        let isPrivate: Bool

        @MainActor
        func require(_ holds: Bool, _ objection: String, _ session: Session) throws {
            let name = query.text.printable
            let shown = isPrivate ? "another one" : value.description
            guard holds else {
                let why = remark.map { ": \($0)" } ?? ""
                throw UnmetExpectation(
                    message: "an expectation is not met: \(name) is \(shown)\(objection)\(why)",
                    hint: query.lookAround(file: session.file?.path)
                )
            }
            session.output.result(
                "as expected: \(name) is \(isPrivate ? "what was wanted" : value.description)",
                json: ExpectationRecord(fact: query.text, value: isPrivate ? nil : value)
            )
        }
    }

    private struct ExpectationRecord: Encodable {
        let kind = "expectation"
        let fact: String
        /// Absent where it is shown only where it is asked for.
        let value: FactValue?
    }
}
