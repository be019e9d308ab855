/// What `help json` shows.
enum JSONHelp {
    static let text = """
          snapsh --json … prints on standard output what was asked for: one JSON object a
          line, in UTF-8. 'kind' says what it is: backup, pick, got, verify, key, and so on.
          A failure is an object of the kind "error" on standard error:
            code     what it is, for programs: it stays the same when the sentence changes
            message  the sentence
            hint     the next step, where there is one
            tried    what was tried, where that explains it
            place    file, line and column of the command in a script
            exit     the exit code ('help codes')
          Notes, warnings and progress stay words on standard error; --quiet leaves out all
          but warnings. Names of fields stay the same, and more may be added.
        """
}
