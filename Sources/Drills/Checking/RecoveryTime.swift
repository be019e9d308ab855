import Files
package import FoundationEssentials
import Glibc

extension WorldPlan {
    /// When what the goal asks for was there: the last change of the files and data directories that the objectives are
    /// about. May block.
    ///
    /// - Returns: `nil` where none of them is there.
    package func recoveredAt(in sandbox: Sandbox) -> Date? {
        let paths = drill.objectives.flatMap(\.conditions).compactMap { condition -> String? in
            switch condition.subject {
            case .file(let path): sandbox.inWork(path)
            case .data(let path): sandbox.inWork("\(path)/member/snap/db")
            case .etcd, .originals: nil
            }
        }
        return paths.compactMap { path in
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            return Date(timeIntervalSince1970: Double(status.st_ctim.tv_sec) + Double(status.st_ctim.tv_nsec) / 1e9)
        }.max()
    }
}
