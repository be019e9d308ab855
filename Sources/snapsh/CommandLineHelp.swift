/// The text of `snapsh --help`.
enum CommandLineHelp {
    static let usage = """
        Usage: snapsh                          a prompt
               snapsh FILE [NAME=VALUE …]      runs a script
               snapsh COMMAND [WORD …]         runs one command
               snapsh -c 'TEXT' [NAME=VALUE …] runs a text
               snapsh < FILE                   runs standard input
        """

    static let text = """
        Find, list, pick, download and verify the backups of etcd clusters.

        \(usage)

        At the prompt, 'help' lists the commands. A script is checked as a whole before
        any of it runs. It stops at the first command that fails.

        FILE is a script, or '-' for standard input. 'snapsh FILE --help' prints what
        it says of itself, and its parameters. NAME=VALUE gives a value to one of them.
        NAME=@FILE reads the value from a file. What is not given so comes from the file
        of --params, else from the environment (SNAPSH_PARAM_NAME), else from the
        script's own default, else from a question at the terminal.

        COMMAND is one of those that 'snapsh help' lists, whatever files are there: a
        script of that name is './NAME'. What follows is the command's own.

        Options:
          -c <TEXT>    run this text as a script
          --check      parse and check the script, and run nothing; takes several files
          --sarif      with --check: print what was found as SARIF 2.1.0, for code review
          --confirmed <TEXT>
                       the step of 'confirm TEXT' is done; can be given several times
          --params <FILE>
                       values for parameters from a YAML file: lines NAME: VALUE
          --dry-run    ask the sources and pick, but only say what 'get', 'restore' and
                       'serve' would do
          --pin <FILE> of a dry run: write the script with its choices fixed into a new
                       file; it takes exactly these backups
          --step       show each command as it will run, and ask: run, skip or quit
          --transcript <FILE>
                       add to FILE what runs, one JSON object a line: 'snapsh report FILE'
                       makes a report of it, 'snapsh help transcript' explains the lines
          --json       print listings, results and what --check finds as JSON, one object a line
          --quiet      leave out notes and what commands did: where all is well, only
                       listings are printed
          --version    print the version
          -h, --help   print this help

        Exit codes: 0 success, 1 a command failed, 2 the script or the command line is
        wrong, 3 an 'expect' failed or a step was not confirmed, 4 no such cluster,
        backup or file, 5 not a sound snapshot, 6 a source cannot be reached, 130
        interrupted (129 and 143: by SIGHUP and SIGTERM).
        """
}
