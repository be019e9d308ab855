import Drills
import Foundation
import TestSupport
import Testing

extension DrillResult {
    /// A line of a file of results.
    static func line(
        drill: String = "service-gone",
        person: String = "ann@desk",
        start: String = "2027-01-15T08:00:00Z",
        minutes: Int = 10,
        hints: Int = 0,
        failedChecks: Int = 0,
        hasGivenUp: Bool = false,
        limit: Int? = nil,
        isReached: Bool = true,
        rest: String = ""
    ) throws -> String {
        let begin = try Date(start, strategy: .iso8601)
        let end = begin.addingTimeInterval(Double(minutes) * 60)
        return """
            {"kind":"drill-result","drill":"\(drill)","title":"The service is gone","seed":"1f","person":"\(person)",\
            "start":"\(start)","end":"\(end.formatted(.iso8601))",\
            \(isReached ? "\"recoverySeconds\":\(minutes * 60 - 30),\"proofSeconds\":\(minutes * 60)," : "")\(limit.map { "\"limitSeconds\":\($0 * 60)," } ?? "")"hintCount":\(hints),\
            "failedCheckCount":\(failedChecks),"hasGivenUp":\(hasGivenUp),"mistakes":["took-an-old-one"],"injects":[],\
            "answers":["the newest","its checksum",""],"timeline":[{"seconds":20,"line":"use service","failure":"no answer"},\
            {"seconds":300.5,"line":"get recovered.db"}]\(rest)}
            """
    }

    /// The results in lines of a file.
    static func read(_ lines: [String]) throws -> [DrillResult] {
        let folder = try TemporaryFolder()
        let path = folder.path("r.jsonl")
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let content = try ResultsFile(path).content
        #expect(content.tornLines == [])
        return content.results
    }
}
