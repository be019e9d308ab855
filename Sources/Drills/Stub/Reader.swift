import Text
import YAML
indirect enum N { case s(String), m([(String, N)]), l([N])
  subscript(k: String) -> N? { if case .m(let p) = self { return p.first { $0.0 == k }?.1 }; return nil }
  var str: String? { if case .s(let t) = self { return t }; return nil }
  var list: [N] { switch self { case .l(let x): x; case .s: [self]; case .m: [self] } }
  var lines: [String] { (str ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLastEmpty }
}
extension Array where Element == String { var dropLastEmpty: [String] { var a = self; while a.last?.isEmpty == true { a.removeLast() }; return a } }
extension DrillReader {
  static func node(_ e: borrowing YAMLEvents, _ first: YAMLEvents.Event) throws(YAMLProblem) -> N {
    switch first.kind {
    case .scalar: return .s(first.text)
    case .mappingStart:
      var p: [(String, N)] = []
      while true { let k = try e.next(); if k.kind == .mappingEnd { return .m(p) }; p.append((k.text, try node(e, try e.next()))) }
    case .sequenceStart:
      var l: [N] = []
      while true { let k = try e.next(); if k.kind == .sequenceEnd { return .l(l) }; l.append(try node(e, k)) }
    default: throw first.problem("odd")
    }
  }
  static func tree(_ bytes: [UInt8]) -> N? {
    let r = bytes.withUnsafeBufferPointer { b in Result { () throws(YAMLProblem) -> N? in
      let e = try YAMLEvents(b)
      while true { let x = try e.next(); if x.kind == .streamEnd { return nil }; if x.kind == .mappingStart { return try node(e, x) } }
    } }
    return (try? r.get()) ?? nil
  }
  static func conds(_ n: N) -> [Condition] {
    if case .l(let l) = n { return l.flatMap(conds) }
    var subj: Condition.Subject?
    if let f = n["file"]?.str { subj = .file(f) } else if let f = n["data"]?.str { subj = .data(f) } else if let f = n["etcd"]?.str { subj = .etcd(f) }
    var out: [Condition] = []
    if let o = n["originals"]?.str { out.append(Condition(.originals, .isUnchanged(o == "unchanged"))) }
    guard let s = subj else { return out }
    guard case .m(let ps) = n else { return out }
    for (k, v) in ps { switch k {
      case "is": out.append(Condition(s, .isBackup(v.list.compactMap(\.str))))
      case "exists": out.append(Condition(s, .exists(v.str == "true")))
      case "sound": out.append(Condition(s, .isSound(v.str == "true")))
      case "has-key": for x in v.list { out.append(Condition(s, .hasKey(x.str!))) }
      case "lacks-key": for x in v.list { out.append(Condition(s, .lacksKey(x.str!))) }
      case "members": out.append(Condition(s, .memberCount(Int(v.str!)!)))
      case "forgets": out.append(Condition(s, .forgets(v.str!, true)))
      case "remembers": out.append(Condition(s, .forgets(v.str!, false)))
      case "answers": out.append(Condition(s, .answers(v.str == "true")))
      default: break } }
    return out
  }
  static func faults(_ n: N?) -> Faults {
    var f = Faults(); guard let n else { return f }
    f.isDown = n["down"]?.str == "true"; f.busyCount = Int(n["busy"]?.str ?? "0")!
    f.resetByteCount = n["reset-after"]?.str.flatMap { SizeText.byteCount(of: $0) }
    f.silentByteCount = n["silent-after"]?.str.flatMap { SizeText.byteCount(of: $0) }
    return f
  }
  package static func read(_ bytes: [UInt8]) -> (drill: Drill?, findings: [DrillFinding]) {
    guard let t = tree(bytes), let w = t["world"] else { return (nil, []) }
    var world = World()
    for c in w["clusters"]!.list { world.clusters.append(WorldCluster(name: c["name"]!.str!, backups: c["backups"]!.list.map { b in
      var x = WorldBackup(id: b["id"]!.str!, content: b["content"]!.str!, age: .seconds(Int64(DurationText.seconds(of: b["age"]!.str!)!)), places: Set(b["places"]!.list.map { SourceKind(rawValue: $0.str!)! }))
      x.etcdVersion = b["etcd"]?.str; x.revision = b["revision"]?.str.flatMap { Int64($0) }; x.byteCount = b["size"]?.str.flatMap { SizeText.byteCount(of: $0) }
      x.damage = b["damage"]?.str.flatMap { .init(rawValue: $0) }; x.isDeleted = b["deleted"]?.str == "true"; return x })) }
    world.otherClusterCount = Int(w["other-clusters"]?.str ?? "0")!
    if let s = w["service"] { var x = WorldService(cluster: s["cluster"]!.str!); x.faults = faults(s["faults"]); world.service = x }
    if let s = w["bucket"] { var x = WorldBucket(name: s["name"]!.str!); x.prefix = s["prefix"]?.str ?? ""; x.keepsVersions = s["versions"]?.str == "true"; x.faults = faults(s["faults"]); world.bucket = x }
    if let s = w["volume"] { var x = WorldVolume(path: s["path"]!.str!); x.faults = faults(s["faults"]); world.volume = x }
    for d in w["data-directories"]?.list ?? [] { world.dataDirectories.append(WorldDataDirectory(path: d["path"]!.str!, backup: d["backup"]!.str!, memberName: d["member"]!.str!, initialCluster: d["initial-cluster"]!.str!, token: d["token"]!.str!)) }
    var d = Drill(name: t["name"]!.str!, title: t["title"]!.str!, teaches: t["teaches"]!.str!, minutes: Int(t["minutes"]!.str!)!, story: t["story"]!.lines, world: world,
      objectives: t["objectives"]!.list.map { Objective($0["says"]!.str!, conds($0)) }, hints: t["hints"]!.list.map { $0.str! }, solution: t["solution"]!.lines, rightBackups: t["right"]?.list.compactMap(\.str) ?? [])
    if case .m(let c)? = t["choose"] { for (k, v) in c { d.choices[k] = v.list.map { $0.str! } } }
    d.programs = t["programs"]?.list.compactMap(\.str) ?? []
    d.mistakes = (t["mistakes"]?.list ?? []).map { Mistake(name: $0["name"]!.str!, conditions: conds($0["when"]!), answer: $0["answer"]!.str!.trimmed.description, example: $0["example"]!.lines) }
    d.debrief = t["debrief"]?.lines ?? []
    if case .m(let c)? = t["parameters"] { for (k, v) in c { d.parameters[k] = v.str! } }
    return (d, [])
  }
}
extension Drill {
  package func chosen(by seed: Seed) -> [String: String] { choices.mapValues { $0[Int(seed.value % UInt64($0.count))] } }
  package func filled(with v: [String: String]) -> Drill {
    func f(_ s: String) -> String { var s = s; for (k, x) in v { s = s.replacing("{{\(k)}}", with: x) }; return s }
    func fc(_ c: Condition) -> Condition { var c = c
      switch c.subject { case .file(let p): c.subject = .file(f(p)); case .data(let p): c.subject = .data(f(p)); default: break }
      switch c.test { case .hasKey(let k): c.test = .hasKey(f(k)); case .lacksKey(let k): c.test = .lacksKey(f(k)); default: break }
      return c }
    var d = self
    d.title = f(title); d.story = story.map(f); d.hints = hints.map(f); d.solution = solution.map(f); d.debrief = debrief.map(f)
    d.parameters = parameters.mapValues(f)
    for i in d.objectives.indices { d.objectives[i].sentence = f(d.objectives[i].sentence); d.objectives[i].conditions = d.objectives[i].conditions.map(fc) }
    for i in d.mistakes.indices { d.mistakes[i].answer = f(d.mistakes[i].answer); d.mistakes[i].example = d.mistakes[i].example.map(f); d.mistakes[i].conditions = d.mistakes[i].conditions.map(fc) }
    for i in d.world.clusters.indices { d.world.clusters[i].name = f(d.world.clusters[i].name) }
    if let c = d.world.service?.cluster { d.world.service?.cluster = f(c) }
    return d
  }
}
