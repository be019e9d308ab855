extension Drill {
    /// With the values of placeholders put in; those that have none stay.
    package func filled(with values: [String: String]) -> Drill {
        var drill = mapped { Placeholder.filled($0, with: values) }
        // These know where they stand in the file.
        drill.scripts = scripts.map { $0.filled(with: values) }
        return drill
    }

    /// The names of all placeholders.
    package var placeholders: Set<String> {
        var names: Set<String> = []
        _ = mapped { text in
            names.formUnion(Placeholder.names(in: text))
            return text
        }
        return names
    }

    /// Values that placeholders could have, for a check of what is written around them.
    package var sampleValues: [String: String] {
        var values = choices.compactMapValues(\.first)
        for id in world.clusters.flatMap(\.backups).map(\.id) {
            for field in BackupField.allCases { values["\(id).\(field.rawValue)"] = field.sample }
        }
        return values
    }

    private func mapped(_ change: (String) -> String) -> Drill {
        var drill = self
        drill.story = story.map(change)
        drill.world = world.mapped(change)
        drill.objectives = objectives.map { objective in
            Objective(change(objective.sentence), objective.conditions.map { $0.mapped(change) })
        }
        drill.mistakes = mistakes.map { mistake in
            Mistake(
                name: mistake.name,
                conditions: mistake.conditions.map { $0.mapped(change) },
                answer: change(mistake.answer),
                example: mistake.example.map(change)
            )
        }
        drill.hints = hints.map(change)
        drill.solution = solution.map(change)
        drill.debrief = debrief.map(change)
        for index in injects.indices { drill.injects[index].message = injects[index].message.map(change) }
        drill.parameters = parameters.mapValues(change)
        return drill
    }
}

/// What `{{ID.…}}` can ask of a backup.
enum BackupField: String, CaseIterable {
    case name, revision, etcd, age
    case versionID = "version-id"

    /// A value that it could have.
    var sample: String {
        switch self {
        case .name: "3.4.23_00000000000000d4_etcd.backup"
        case .revision: "212"
        case .etcd: "3.4.23"
        case .age: "2d5h"
        case .versionID: "0123456789abcdef0123456789abcdef"
        }
    }
}

extension World {
    fileprivate func mapped(_ change: (String) -> String) -> World {
        var world = self
        for index in clusters.indices { world.clusters[index].name = change(clusters[index].name) }
        if let cluster = service?.cluster { world.service?.cluster = change(cluster) }
        if let bucket {
            world.bucket?.name = change(bucket.name)
            world.bucket?.prefix = change(bucket.prefix)
        }
        if let path = volume?.path { world.volume?.path = change(path) }
        for (index, directory) in dataDirectories.enumerated() {
            world.dataDirectories[index].path = change(directory.path)
            world.dataDirectories[index].memberName = change(directory.memberName)
            world.dataDirectories[index].initialCluster = change(directory.initialCluster)
            world.dataDirectories[index].token = change(directory.token)
        }
        return world
    }
}

extension Condition {
    fileprivate func mapped(_ change: (String) -> String) -> Condition {
        let subject: Subject =
            switch subject {
            case .file(let path): .file(change(path))
            case .data(let path): .data(change(path))
            case .etcd(let url): .etcd(change(url))
            case .originals: .originals
            }
        let test: Test =
            switch test {
            case .hasKey(let key): .hasKey(change(key))
            case .lacksKey(let key): .lacksKey(change(key))
            case .forgets(let path, let should): .forgets(change(path), should)
            case .exists, .isBackup, .isSound, .memberCount, .isUnchanged, .answers: test
            }
        return Condition(subject, test)
    }
}
