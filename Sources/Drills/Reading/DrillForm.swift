/// The form of a drill's file, version 1: each key, what it is, and whether it may be left out.
///
/// The reader takes keys from here only, and `help drills` shows it.
package enum DrillForm {
    static let version = 1

    enum Drill {
        static let drill = FormKey("drill", "the version of this form: 1")
        static let name = FormKey("name", "what 'drill start' takes: letters a-z, digits, '-'")
        static let title = FormKey("title", "one line of up to 60 characters")
        static let teaches = FormKey("teaches", "what is learned: one line of up to 80 characters")
        static let minutes = FormKey("minutes", "how long an experienced person takes")
        static let choose = FormKey(optional: "choose", "NAME: [TEXT, …]; the seed chooses one for {{NAME}}")
        static let story = FormKey("story", "what happened: up to 10 lines of 80 characters")
        static let programs = FormKey(optional: "programs", "[etcd]: what must be on the PATH")
        static let world = FormKey("world", "what is built")
        static let parameters = FormKey(optional: "parameters", "NAME: TEXT; what a runbook's get in 'drill try'")
        static let right = FormKey("right", "ids of the backups that a recovery may end with, or []")
        static let objectives = FormKey("objectives", "what must hold in the end")
        static let mistakes = FormKey(optional: "mistakes", "what commonly goes wrong")
        static let hints = FormKey("hints", "two or more texts; the last one is a script")
        static let solution = FormKey("solution", "an expert's way: a script, run in the folder work")
        static let debrief = FormKey("debrief", "what to take from it, line by line")
        static let injects = FormKey(optional: "injects", "what happens meanwhile")

        static let section = FormSection(
            place: "",
            noun: "a drill",
            keys: [
                drill, name, title, teaches, minutes, choose, story, programs, world, parameters, right, objectives,
                mistakes, hints, solution, debrief, injects,
            ]
        )
    }

    enum World {
        static let clusters = FormKey("clusters", "a list of 'name' and 'backups'")
        static let otherClusters = FormKey(optional: "other-clusters", "so many more, with ordinary backups")
        static let service = FormKey(optional: "service", "the backup service of one cluster")
        static let bucket = FormKey(optional: "bucket", "a bucket of an S3 server on this machine")
        static let volume = FormKey(optional: "volume", "a folder with backups")
        static let dataDirectories = FormKey(optional: "data-directories", "what a crash left of members")

        static let section = FormSection(
            place: "world:",
            noun: "a world",
            keys: [clusters, otherClusters, service, bucket, volume, dataDirectories]
        )
    }

    enum Cluster {
        static let name = FormKey("name", "letters a-z, digits, '-'")
        static let backups = FormKey("backups", "a list, may be []")

        static let section = FormSection(place: "clusters:", noun: "a cluster", keys: [name, backups])
    }

    enum Backup {
        static let id = FormKey("id", "what conditions and {{ID.…}} call it")
        static let content = FormKey("content", "a name from 'contents' below, or ./FILE")
        static let age = FormKey("age", "how long before the start it was written: 2d5h")
        static let etcd = FormKey(optional: "etcd", "the version in its name: 3.4.23; else the content's")
        static let revision = FormKey(optional: "revision", "the revision in its name; else the content's")
        static let size = FormKey(optional: "size", "3MiB, by free pages at its end")
        static let damage = FormKey(optional: "damage", "altered, truncated or empty")
        static let deleted = FormKey(optional: "deleted", "true: from a bucket that keeps versions")
        static let places = FormKey("places", "of service, bucket, volume")

        static let section = FormSection(
            place: "backups:",
            noun: "a backup",
            keys: [id, content, age, etcd, revision, size, damage, deleted, places]
        )
    }

    enum Service {
        static let cluster = FormKey("cluster", "whose backups it has")
        static let faults = FormKey(optional: "faults", "what is wrong with it, or on the way to it")

        static let section = FormSection(place: "service:", noun: "a service", keys: [cluster, faults])
    }

    enum Bucket {
        static let name = FormKey("name", "what 'use s3' takes")
        static let prefix = FormKey(optional: "prefix", "what its keys begin with, without '/' at the end")
        static let versions = FormKey(optional: "versions", "true: it keeps what is deleted")
        static let faults = FormKey(optional: "faults", "what is wrong with it, or on the way to it")

        static let section = FormSection(place: "bucket:", noun: "a bucket", keys: [name, prefix, versions, faults])
    }

    enum Volume {
        static let path = FormKey("path", "/PATH for 'use pv', or a folder in work")
        static let faults = FormKey(optional: "faults", "{down: true}: it is not mounted")

        static let section = FormSection(place: "volume:", noun: "a volume", keys: [path, faults])
    }

    enum Faults {
        static let down = FormKey(optional: "down", "true: no connection is accepted")
        static let busy = FormKey(optional: "busy", "so many requests are answered with 503")
        static let resetAfter = FormKey(optional: "reset-after", "2MiB: each connection is reset after that")
        static let silentAfter = FormKey(optional: "silent-after", "1MiB: each connection falls silent after that")
        static let clockOff = FormKey(optional: "clock-off", "20m or -20m: the server's clock is ahead or behind")

        static let section = FormSection(
            place: "faults:",
            noun: "faults",
            keys: [down, busy, resetAfter, silentAfter, clockOff]
        )
    }

    enum DataDirectory {
        static let path = FormKey("path", "a folder in work")
        static let backup = FormKey("backup", "the id of the backup whose keys it has")
        static let member = FormKey("member", "the member's name")
        static let initialCluster = FormKey("initial-cluster", "NAME=URL,NAME=URL")
        static let token = FormKey("token", "the cluster's token")

        static let section = FormSection(
            place: "data-directories:",
            noun: "a data directory",
            keys: [path, backup, member, initialCluster, token]
        )
    }

    enum Condition {
        static let file = FormKey(optional: "file", "PATH of a snapshot file in work")
        static let data = FormKey(optional: "data", "PATH of a data directory in work")
        static let etcd = FormKey(optional: "etcd", "http://127.0.0.1:PORT")
        static let originals = FormKey(optional: "originals", "unchanged or changed: what is on the volume")
        static let exists = FormKey(optional: "exists", "true or false")
        static let isBackup = FormKey(optional: "is", "ID or [ID, …]: it has that backup's content")
        static let sound = FormKey(optional: "sound", "true or false, of a file")
        static let hasKey = FormKey(optional: "has-key", "KEY or [KEY, …]")
        static let lacksKey = FormKey(optional: "lacks-key", "KEY or [KEY, …]")
        static let members = FormKey(optional: "members", "how many members it lists")
        static let forgets = FormKey(optional: "forgets", "PATH of a data directory: knows no member of it")
        static let remembers = FormKey(optional: "remembers", "PATH of a data directory: knows some of it")
        static let answers = FormKey(optional: "answers", "true or false, of an etcd")

        static let subjects = [file, data, etcd, originals]
        static let tests = [exists, isBackup, sound, hasKey, lacksKey, members, forgets, remembers, answers]
        static let section = FormSection(place: "condition", noun: "a condition", keys: subjects + tests)
    }

    enum Objective {
        static let says = FormKey("says", "a sentence; beside it stands a condition")

        static let section = FormSection(
            place: "objectives:",
            noun: "an objective",
            keys: [says] + Condition.section.keys
        )
    }

    enum Mistake {
        static let name = FormKey("name", "letters a-z, digits, '-'")
        static let when = FormKey("when", "a condition, or a list of them")
        static let answer = FormKey("answer", "what is said to whoever made it")
        static let example = FormKey("example", "a script that makes it")

        static let section = FormSection(place: "mistakes:", noun: "a mistake", keys: [name, when, answer, example])
    }

    enum Inject {
        static let name = FormKey("name", "what 'drill inject' takes")
        static let at = FormKey(optional: "at", "3m after the start; else only by 'drill inject'")
        static let say = FormKey(optional: "say", "what the learner reads")
        static let service = FormKey(optional: "service", "new faults; {} ends them")
        static let bucket = FormKey(optional: "bucket", "the same")
        static let volume = FormKey(optional: "volume", "the same")

        static let section = FormSection(
            place: "injects:",
            noun: "an inject",
            keys: [name, at, say, service, bucket, volume]
        )
    }
}
