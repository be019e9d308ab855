/// What `help step` shows.
enum StepHelp {
    static let text = """
          snapsh --step FILE shows each command as it will run, with its place in the
          script, and asks:
          run   (r) runs it
          skip  (s) goes on as if it did not stand there: the next command of its line
                is asked about, also behind '||'
          quit  (q) ends the script, with exit code 130
          A command that a later one needs can't be skipped: snapsh checks the script
          without it, and says what would be wrong. --step needs a terminal.
        """
}
