import Backups

extension CommandDeclaration {
    static let param = CommandDeclaration(
        words: ["param"],
        summary: "declares a value that a script's user gives: snapsh FILE NAME=VALUE",
        details: ["Without a default the value must be given. MESSAGE says what it is for."],
        arguments: [
            ArgumentDeclaration(name: "NAME", kind: .variableName),
            ArgumentDeclaration(name: "DEFAULT", kind: .text, isRequired: false, introducer: "="),
            ArgumentDeclaration(name: "MESSAGE", kind: .text, isRequired: false),
        ],
        examples: [
            .init("param version = 3.4 \"the etcd version that will run\"; target $version", "3.4 unless given")
        ],
        canFail: false,
        staticEffect: .declaresParameter,
        run: { invocation, session in
            guard let name = invocation.text("NAME") else { return }
            session.variables[name] = invocation.text("DEFAULT")
        }
    )

    static let set = CommandDeclaration(
        words: ["set"],
        summary: "sets a variable, to be used as $NAME",
        arguments: [
            ArgumentDeclaration(name: "NAME", kind: .variableName),
            ArgumentDeclaration(name: "VALUE", kind: .text, introducer: "="),
        ],
        examples: [
            .init("set name = foo; cluster $name", "a variable is one word, whatever it holds"),
            .init("pick max; set revision = ${pick.revision}; echo $revision", "keeps a fact"),
        ],
        canFail: false,
        staticEffect: .setsVariable,
        run: { invocation, session in
            guard let name = invocation.text("NAME") else { return }
            session.variables[name] = invocation.text("VALUE")
        }
    )

    static let echo = CommandDeclaration(
        words: ["echo"],
        summary: "prints its words",
        arguments: [ArgumentDeclaration(name: "WORDS", kind: .text, isRequired: false, takesRest: true)],
        examples: [.init("pick max; echo \"revision ${pick.revision}\"", "prints a fact")],
        run: { invocation, session in
            let text = invocation.texts("WORDS").joined(separator: " ")
            session.output.listing(text.printable, json: [EchoRecord(text: text)])
        }
    )

    private struct EchoRecord: Encodable {
        let kind = "echo"
        let text: String
    }
}
