extension DrillForm {
    /// What `help drills` shows: each key, and a whole drill. Lines of up to 80 columns.
    package static var help: [String] {
        var lines = """
              A drill is a YAML file. 'drill lint FILE' checks its form, 'drill test FILE'
              proves that it can be solved, and 'drill start FILE' plays it.
              A key with ? may be left out.
            """.split(separator: "\n").map(String.init)
        for section in sections {
            lines += ["", section.place.isEmpty ? "  at the left" : "  \(section.place)"]
            for key in section.keys {
                let name = key.name + (key.isOptional ? "?" : "")
                lines.append("    " + name + String(repeating: " ", count: nameWidth - name.count) + key.summary)
            }
        }
        lines += ["", "  contents"]
        lines += Catalog.snapshots.map { snapshot in
            let name = snapshot.name + String(repeating: " ", count: max(1, nameWidth + 2 - snapshot.name.count))
            return "    \(name)etcd \(snapshot.etcdVersion), revision \(snapshot.revision)"
        }
        return lines + ["", placeholders, "", "  a whole drill"] + example.split(separator: "\n").map { "    \($0)" }
    }

    /// In the order of the file.
    private static let sections: [FormSection] = [
        Drill.section, World.section, Cluster.section, Backup.section, Service.section, Bucket.section, Volume.section,
        Faults.section, DataDirectory.section,
        FormSection(place: Objective.section.place, noun: "", keys: [Objective.says]),
        FormSection(
            place: "a condition: file, data, etcd or originals, and what is asked of it",
            noun: "",
            keys: Condition.section.keys
        ),
        Mistake.section, Inject.section,
    ]

    private static let nameWidth = 18

    private static let placeholders = """
          In texts, {{NAME}} stands for a value of 'choose', and for what a backup has:
          {{ID.name}}, {{ID.revision}}, {{ID.etcd}}, {{ID.age}}, {{ID.version-id}}; in
          'world' only {{NAME}}. A text that begins with {{ is written in quotes.
        """

    /// A whole drill, as small as one can be that is worth playing.
    package static let example = """
        drill: 1
        name: our-first
        title: The service is gone, the bucket has it
        teaches: find the newest backup in the bucket
        minutes: 5
        story: |
          The etcd of shop is gone, and its backup service with it.
          Leave the newest backup of the bucket my-backups here, as recovered.db.
        world:
          clusters:
            - name: shop
              backups:
                - {id: older, content: shop-tuesday, age: 2d5h, places: [bucket]}
                - {id: newest, content: shop-thursday, age: 5h, places: [bucket]}
          bucket:
            name: my-backups
        right: [newest]
        objectives:
          - says: recovered.db is the newest backup
            file: recovered.db
            is: newest
        mistakes:
          - name: took-an-old-one
            when: {file: recovered.db, is: older}
            answer: A newer one is in the bucket. 'pick max' picks it.
            example: |
              cluster shop
              use s3 my-backups
              pick min
              get recovered.db
        hints:
          - "'use s3' names a bucket, and 'pick max' picks the newest backup."
          - |
            cluster shop
            use s3 my-backups
            pick max
            get recovered.db
        solution: |
          cluster shop
          use s3 my-backups
          pick max
          get recovered.db
        debrief: |
          Know the second place before the first one is gone.

        """
}
