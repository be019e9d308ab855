import Text
import YAML

extension DrillReading {
    private typealias Form = DrillForm.Inject

    func readInjects(_ fields: Fields) -> [Inject] {
        var names: Set<String> = []
        return (fields.list(DrillForm.Drill.injects) ?? []).compactMap { item in
            guard let fields = Fields(item, Form.section, self) else { return nil }
            let name = uniqueName(fields, Form.name, &names)
            let seconds = fields.seconds(Form.at, max: 86400)
            let message = fields.text(Form.say)
            var faults: [SourceKind: Faults] = [:]
            for (key, kind) in [(Form.service, SourceKind.service), (Form.bucket, .bucket), (Form.volume, .volume)]
            where fields.has(key) {
                faults[kind] = readFaults(fields, key, of: kind)
                if !places.contains(kind) { find(fields.place(of: key), "the world has no \(kind.rawValue)") }
            }
            if faults.isEmpty, !fields.has(Form.say) {
                find(fields.node, "nothing happens in it", hint: "it needs say, service, bucket or volume")
            }
            return name.map { name in
                Inject(
                    name: name,
                    time: seconds.map { .seconds($0) },
                    message: message.map { String($0.text.trimmed) },
                    faults: faults
                )
            }
        }
    }
}
