/// What `help dry-run` shows.
enum DryRunHelp {
    static let text = """
          snapsh --dry-run FILE asks the sources, lists and picks for real, and reads
          the files that are there. It writes nothing, and requests no new backup.

          get      says what it would do: name, size, the space needed and free, and the
                   time, an estimate by the rate of the first 4 MiB
          restore  the same, of each data directory
          serve    says that the address is free, and that certificate, key and token
                   can be used
          confirm  says what it would ask
          expect   holds, fails (exit code 3), or is not known before the download

          What follows from a file that would be downloaded is not known. The run then
          goes on as if the command had succeeded; what follows '||' is not looked at.

          --pin NEW writes the script with its choices fixed into the file NEW: each
          'pick' names its backup, with its revision and its ETag or SHA-256. Run later,
          it takes exactly these. A warning says if a newer one exists; the exit code is
          4 if one is gone or changed.
        """
}
