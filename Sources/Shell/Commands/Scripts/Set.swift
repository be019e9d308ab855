/// What `set` takes.
enum SetArguments {
    static let name = ArgumentKey("NAME", .variableName)
    static let value = ArgumentKey("VALUE", .text, introducer: "=")
}

extension CommandDeclaration {
    static let set = CommandDeclaration(
        words: ["set"],
        summary: "set a variable, used as $NAME",
        arguments: [SetArguments.name, SetArguments.value],
        examples: [
            .init("set name = foo; cluster $name", "a variable is one word, whatever its value"),
            .init("pick max; set revision = ${pick.revision}; echo $revision", "keep a fact in a variable"),
        ],
        canFail: false,
        staticEffect: .setsVariable,
        dryRun: .asUsual,
        run: { invocation, session in
            let name = try invocation[SetArguments.name]
            session.set(
                name,
                to: try invocation[SetArguments.value],
                isPrivate: invocation.isPrivate(SetArguments.value)
            )
        }
    )
}
