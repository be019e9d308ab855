import Blocking

/// Finds out which objectives of a drill hold, from the files and servers that there are. What was typed makes no
/// difference.
package actor WorldCheck {
    /// Asks an etcd whether it has a key: `nil` where none answers.
    package typealias AskEtcd = @Sendable (_ url: String, _ key: String?) async -> Bool?

    let plan: WorldPlan
    let sandbox: Sandbox
    let askEtcd: AskEtcd
    var contents: [ContentVariant: ContentFile] = [:]
    // What was read once is the same for all conditions of a check.
    var digests: [String: String?] = [:]
    var keys: [String: SnapshotKeys?] = [:]

    package init(_ plan: WorldPlan, in sandbox: Sandbox, askEtcd: @escaping AskEtcd) {
        self.plan = plan
        self.sandbox = sandbox
        self.askEtcd = askEtcd
    }

    /// - Throws: `WorldError` where the world itself is damaged, `CancellationError`.
    package func run() async throws -> CheckedWorld {
        let (plan, sandbox) = (plan, sandbox)
        contents = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.contents(of: plan) }
        var objectives: [CheckedObjective] = []
        for objective in plan.drill.objectives {
            objectives.append(
                CheckedObjective(objective: objective, conditions: try await checked(objective.conditions))
            )
        }
        var mistakes: [Mistake] = []
        for mistake in plan.drill.mistakes where try await checked(mistake.conditions).allSatisfy(\.holds) {
            mistakes.append(mistake)
        }
        return CheckedWorld(objectives: objectives, mistakes: mistakes)
    }

    /// The ids of the backups that a file or a data directory in `work` comes from; empty where it comes from none,
    /// `nil` where there is nothing.
    ///
    /// - Throws: As `run`.
    package func origin(of subject: Condition.Subject) async throws -> [String]? {
        if contents.isEmpty {
            let (plan, sandbox) = (plan, sandbox)
            contents = try await BlockingWork.run(at: Place(folder: sandbox.folder)) { try sandbox.contents(of: plan) }
        }
        var ids: [String] = []
        for id in plan.backups.compactMap(\.id) {
            switch try await isBackup(id, subject) {
            case nil: return nil
            case true?: ids.append(id)
            case false?: break
            }
        }
        return ids
    }

    private func checked(_ conditions: [Condition]) async throws -> [CheckedCondition] {
        var checked: [CheckedCondition] = []
        for condition in conditions { checked.append(try await check(condition)) }
        return checked
    }
}
