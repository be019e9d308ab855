/// The text of `help language`.
enum LanguageHelp {
    static let text = #"""
          one command a line; '#' starts a comment; a final '\' joins the next line
          a ; b            b after a
          a && b           b if a succeeded
          a || b           b if a failed (not for mistakes in the script itself)
          'text'           one word, as it stands
          "text $name"     one word, with variables filled in
          $name ${name}    a variable's value: one word, never a command or an option
          ${name:-text}    text, where the variable is not set
          ${name:?text}    stops with the text, where the variable is not set
          ${pick.age}      a fact ('help facts')
          ${file(x).size}  a fact of a thing; its words are written as any other
          --name value     an option; --name=value, too; -x value or -x=value where
                           'help' shows a short form
          --name[=value]   an option whose value may be left out: it follows '=' only
          A script is checked as a whole before its first command runs: names, the
          types of values and facts, and that every path to a command does what it
          needs first, also behind '||'. It stops at the first command that fails.
        """#
}
