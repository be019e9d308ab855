import Text

/// What `param` takes.
enum ParamArguments {
    static let name = ArgumentKey("NAME", .variableName)
    static let defaultValue = ArgumentKey.optional("DEFAULT", .text, introducer: "=")
    static let message = ArgumentKey.optional("MESSAGE", .text)
    static let secret = Option("secret", "the value is a password or a token, and is never shown")
}

extension CommandDeclaration {
    static let param = CommandDeclaration(
        words: ["param"],
        summary: "declare a value that the user gives: snapsh FILE NAME=VALUE",
        details: [
            "MESSAGE says what the value is for. The first of these that has a value gives it: the command",
            "line (NAME=VALUE; NAME=@FILE reads it from a file, NAME=@@TEXT is a text that begins with '@'),",
            "the file of --params (YAML, lines NAME: VALUE), the environment (SNAPSH_PARAM_NAME, in upper",
            "case), DEFAULT, and a question at the terminal. Only a secret option takes a secret value, and",
            "it is never shown.",
        ],
        arguments: [ParamArguments.name, ParamArguments.defaultValue, ParamArguments.message],
        options: [ParamArguments.secret],
        examples: [
            .init("param version = 3.4 \"the etcd version that will run\"; target $version", "3.4 unless given"),
            .init(
                "param token --secret; use service --header \"Authorization: Bearer $token\"",
                "asks for the token, or reads it from a file: snapsh FILE token=@/run/secrets/token"
            ),
        ],
        canFail: false,
        staticEffect: .declaresParameter,
        dryRun: .asUsual,
        run: { invocation, session in
            let name = try invocation[ParamArguments.name]
            if !invocation.isTyped { session.parameterNames.insert(name) }
            guard invocation[ParamArguments.secret] else {
                // A parameter that another script declared secret stays secret, and has its value already.
                if !session.secretNames.contains(name) {
                    session.set(
                        name,
                        to: invocation[ParamArguments.defaultValue],
                        isPrivate: invocation.isPrivate(ParamArguments.defaultValue)
                    )
                }
                return
            }
            if session.variables[name] == nil || invocation.isTyped {
                session.variables[name] = try await ask(for: name, invocation[ParamArguments.message], session)
            }
            session.hide([name])
        }
    )

    @MainActor
    private static func ask(for name: String, _ message: String?, _ session: Session) async throws -> String {
        let lack = { (reason: String) in UsageError("parameter '\(name)' has no value\(reason)", isOfSecret: true) }
        guard let ask = session.dependencies.ask else { throw lack("") }
        do {
            let parameter = ScriptParameter(name, purpose: message, isSecret: true)
            let value = try await ask(parameter.question, true)
            if value.isEmpty { throw lack(": nothing was typed") }
            if let problem = SecretProblem(of: value) {
                throw UsageError("cannot use the value of '\(name)': \(problem.reason)", isOfSecret: true)
            }
            return value
        } catch let error where !(error is CancellationError || error is UsageError) {
            throw lack(": \(error)")
        }
    }
}
