import Backups
import BackupSources
import Glibc
import Shell

/// The program: its command line, its wiring, its exit code.
@main
struct Snapsh {
    @MainActor
    static func main() async {
        let request: Request
        do throws(CommandLineAnswer) {
            request = try Request(hasTerminal: isatty(0) == 1)
        } catch {
            try? Output.writeToDescriptor(error.isMistake ? .talk : .data, error.text + "\n")
            exit((error.isMistake ? ExitCode.mistake : .success).rawValue)
        }
        let environment = Environment(
            home: getenv("HOME").map { String(cString: $0) },
            connect: { location in
                switch location {
                case .volume(let path): try Volume.source(at: path ?? Volume.defaultPath)
                }
            }
        )
        let output = Output(
            format: request.printsJSON ? .json : .text,
            isQuiet: request.isQuiet,
            usesColor: isatty(2) == 1 && getenv("NO_COLOR") == nil
        )
        if let script = request.script {
            exit(await ScriptRun(request: request, environment: environment, output: output).run(script).rawValue)
        }
    }
}
