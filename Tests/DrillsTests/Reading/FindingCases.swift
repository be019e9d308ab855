extension DrillFindingTests {
    static let cases: [FindingCase] = [
        .init(
            "a key that is unknown",
            "title: The",
            "titel: The",
            "1:1 'title' is missing in a drill | title: one line of up to 60 characters",
            "3:1 unknown key 'titel' in a drill | did you mean 'title'?"
        ),
        .init(
            "a key that is far from all",
            "programs: [etcd]",
            "xyzzy: [etcd]",
            "12:1 unknown key 'xyzzy' in a drill | the keys are drill, name, title, teaches, minutes, choose, story, programs, world, parameters, right, objectives, mistakes, hints, solution, debrief, injects"
        ),
        .init(
            "a key that is missing",
            "minutes: 10\n",
            "",
            "1:1 'minutes' is missing in a drill | minutes: how long an experienced person takes"
        ),
        .init(
            "a key without a value",
            "minutes: 10",
            "minutes:",
            "5:1 'minutes' has no value | minutes: how long an experienced person takes"
        ),
        .init(
            "a key that is given twice",
            "minutes: 10\n",
            "minutes: 10\nminutes: 11\n",
            "6:1 'minutes' is given twice"
        ),
        .init(
            "another version",
            "drill: 1",
            "drill: 2",
            "1:8 '2' is no version of this form that is known | this snapsh reads version 1"
        ),
        .init(
            "no version",
            "drill: 1\n",
            "",
            "1:1 'drill' is missing in a drill | drill: the version of this form: 1"
        ),
        .init(
            "a name with capitals",
            "name: newest-altered",
            "name: Newest",
            "2:7 'Newest' can't be a name | a name has up to 40 of a-z, 0-9 and '-', and begins with a letter"
        ),
        .init(
            "a name that begins with a digit",
            "name: newest-altered",
            "name: 3-days",
            "2:7 '3-days' can't be a name | a name has up to 40 of a-z, 0-9 and '-', and begins with a letter"
        ),
        .init(
            "a title of two lines",
            "title: The newest backup is altered",
            "title: \"The\\nnewest\"",
            "3:8 'title' has more than one line"
        ),
        .init(
            "a title that is too long",
            "title: The newest",
            "title: The newest newest newest newest newest newest newest newest",
            "3:8 this line has 77 characters: 60 are allowed"
        ),
        .init(
            "minutes that are no number",
            "minutes: 10",
            "minutes: ten",
            "5:10 'ten' is no whole number from 1 to 600"
        ),
        .init(
            "minutes that are too many",
            "minutes: 10",
            "minutes: 9999",
            "5:10 '9999' is no whole number from 1 to 600"
        ),
        .init(
            "a text where a list is needed",
            "programs: [etcd]",
            "programs: {etcd: 1}",
            "12:11 'programs' must be a list of texts | programs: [etcd]: what must be on the PATH"
        ),
        .init(
            "a program with a path",
            "[etcd]",
            "[/bin/etcd]",
            "12:12 '/bin/etcd' can't be the name of a program"
        ),
        .init(
            "a list where a text is needed",
            "token: etcd-cluster",
            "token: [a, b]",
            "51:14 'token' must be a text | token: the cluster's token"
        ),
        .init(
            "a mapping where a text is needed",
            "token: etcd-cluster",
            "token: {a: b}",
            "51:14 'token' must be a text | a text that contains ': ' is written in quotes"
        ),
        .init(
            "an empty text",
            "token: etcd-cluster",
            "token: \"\"",
            "51:14 'token' is empty"
        ),
        .init(
            "a story with a long line",
            "in {{town}} is gone.",
            "in {{town}} is gone, and with it all that was in there, so they say.",
            "10:3 this line has 83 characters: 80 are allowed"
        ),
        .init(
            "a story with a line that is long with the longest value",
            "in {{town}} is gone.",
            "in {{town}} is gone, and all of it with it, or so it seems to me!!",
            "10:3 this line has 81 characters: 80 are allowed"
        ),
        .init(
            "a story of eleven lines",
            "  The etcd of",
            "  1\n  2\n  3\n  4\n  5\n  6\n  7\n  8\n  9\n  The etcd of",
            "20:3 the story has 11 lines: 10 are allowed"
        ),
        .init(
            "an empty story",
            "story: |\n  The etcd of {{cluster}} in {{town}} is gone.\n  A backup of it is in the bucket my-backups.\n",
            "story: |\n",
            "9:8 'story' is empty"
        ),
        .init(
            "a choice that is no list",
            "town: [Ulm, Rio]",
            "town: Ulm",
            "8:9 'town' must be a list of texts | town: [TEXT, TEXT]",
            "10:30 there is no value 'town' in 'choose'"
        ),
        .init(
            "an empty choice",
            "town: [Ulm, Rio]",
            "town: []",
            "8:9 'town' is empty",
            "10:30 there is no value 'town' in 'choose'"
        ),
        .init(
            "the same choice twice",
            "town: [Ulm, Rio]",
            "town: [Ulm, Rio, Ulm]",
            "8:20 'Ulm' is given twice"
        ),
        .init(
            "a choice whose name has capitals",
            "town: [Ulm, Rio]",
            "Town: [Ulm, Rio]\n  town: [Ulm, Rio]",
            "8:3 'Town' can't be a name | a name has up to 40 of a-z, 0-9 and '-', and begins with a letter"
        ),
        .init(
            "an unknown value",
            "in {{town}} is gone",
            "in {{tow}} is gone",
            "10:30 there is no value 'tow' in 'choose' | did you mean 'town'?"
        ),
        .init(
            "an unknown value of a backup",
            "pick {{newest.name}}",
            "pick {{newest.nam}}",
            "79:12 a backup has no 'nam' | write {{newest.name}}, {{newest.revision}}, {{newest.etcd}}, {{newest.age}}, {{newest.version-id}}"
        ),
        .init(
            "a value of an unknown backup",
            "pick {{newest.name}}",
            "pick {{newes.name}}",
            "79:12 there is no backup 'newes' | did you mean 'newest'?"
        ),
        .init(
            "a placeholder that is not closed",
            "pick {{newest.name}}",
            "pick {{newest.name",
            "79:12 '{{' is not closed on its line | write {{NAME}}"
        ),
        .init(
            "a placeholder in the title",
            "title: The newest",
            "title: The {{town}}",
            "3:12 '{{town}}' can't stand here: this is read before a value is chosen"
        ),
        .init(
            "a placeholder of a backup in the world",
            "prefix: prod",
            "prefix: \"{{older.name}}\"",
            "40:14 '{{older.name}}' can't stand here: it is known once the world is built | in 'world' only values of 'choose' may stand"
        ),
        .init(
            "a placeholder without quotes",
            "    cluster: \"{{cluster}}\"\n    faults",
            "    cluster: {{cluster}}\n    faults",
            "36:14 'cluster' must be a text | a text that contains ': ' is written in quotes",
            "36:15 a key is expected here | a text that begins with { is written in quotes: \"{{NAME}}\""
        ),
        .init(
            "an invisible character",
            "token: etcd-cluster",
            "token: \"etcd\\u200bcluster\"",
            "51:19 a tab or an invisible character: \\u{200b}"
        ),
        .init(
            "a tab",
            "pick max\n  get",
            "pick\tmax\n  get",
            "96:7 a tab or an invisible character: \\t"
        ),
        .init(
            "no clusters",
            "  clusters:\n",
            "  clusters: []\n  x:\n",
            "14:3 the world has no cluster",
            "15:3 unknown key 'x' in a world | the keys are clusters, other-clusters, service, bucket, volume, data-directories",
            "37:14 the world has no cluster '{{cluster}}'",
            "49:15 there is no backup 'older'",
            "56:9 there is no backup 'older'",
            "60:9 there is no backup 'older'",
            "75:37 there is no backup 'newest'",
            "75:45 there is no backup 'removed'",
            "80:12 there is no backup 'newest'"
        ),
        .init(
            "a cluster whose name is no host's",
            "- name: \"{{cluster}}\"\n      backups",
            "- name: \"my_{{cluster}}\"\n      backups",
            "15:13 'my_{{cluster}}' can't be the name of a cluster | it has up to 40 of a-z, 0-9 and '-', and begins and ends with a letter or a digit",
            "36:14 the world has no cluster '{{cluster}}' | did you mean 'my_{{cluster}}'?"
        ),
        .init(
            "a cluster that is given twice",
            "  other-clusters: 12",
            "    - {name: \"{{cluster}}\", backups: []}\n  other-clusters: 12",
            "34:14 '{{cluster}}' is given twice"
        ),
        .init(
            "clusters that can get one name",
            "  other-clusters: 12",
            "    - {name: billing, backups: []}\n  other-clusters: 12",
            "34:14 two clusters can get the name 'billing' | give 'choose' other texts for one of them"
        ),
        .init(
            "a cluster of the other clusters' names",
            "  other-clusters: 12",
            "    - {name: team-3, backups: []}\n  other-clusters: 12",
            "35:3 other clusters are called team-1 and so on: 'team-3' can't be the name of yours"
        ),
        .init(
            "other clusters without a place",
            "  other-clusters: 12",
            "  other-clusters: -1",
            "34:19 '-1' is no whole number from 0 to 5000"
        ),
        .init(
            "a service of an unknown cluster",
            "    cluster: \"{{cluster}}\"\n    faults",
            "    cluster: \"{{cluser}}\"\n    faults",
            "36:14 the world has no cluster '{{cluser}}' | did you mean '{{cluster}}'?",
            "36:15 there is no value 'cluser' in 'choose' | did you mean 'cluster'?"
        ),
        .init(
            "a service of a cluster that the world lacks",
            "    cluster: \"{{cluster}}\"\n    faults",
            "    cluster: bills\n    faults",
            "36:14 the world has no cluster 'bills'"
        ),
        .init(
            "an id that is no name",
            "id: older",
            "id: Older",
            "17:15 'Older' can't be an id | a name has up to 40 of a-z, 0-9 and '-', and begins with a letter",
            "48:15 there is no backup 'older'",
            "55:9 there is no backup 'older'",
            "59:9 there is no backup 'older'"
        ),
        .init(
            "an id that is given twice",
            "id: removed",
            "id: newest",
            "29:15 'newest' is given twice",
            "74:45 there is no backup 'removed'"
        ),
        .init(
            "an id that is a choice's name",
            "id: removed",
            "id: town",
            "29:15 'town' is the name of a value of 'choose', too",
            "74:45 there is no backup 'removed'"
        ),
        .init(
            "a content that is unknown",
            "content: shop-tuesday",
            "content: shop-tusday",
            "18:20 there is no snapshot 'shop-tusday' | did you mean 'shop-tuesday'?"
        ),
        .init(
            "a content that looks like a file",
            "content: shop-tuesday",
            "content: ours/monday.db",
            "18:20 there is no snapshot 'ours/monday.db' | a file beside the drill is written ./FILE"
        ),
        .init(
            "a content above the folder",
            "content: ./ours/monday.db",
            "content: ./../monday.db",
            "30:20 '../monday.db' is no plain path | a path has names between '/', none of them '.' or '..'"
        ),
        .init(
            "an age that is no length of time",
            "age: 2d5h",
            "age: 2 days",
            "19:16 '2 days' is no length of time | write it as 90s, 15m or 2d5h"
        ),
        .init(
            "an age of eleven years",
            "age: 2d5h",
            "age: 4015d",
            "19:16 'age' is longer than 10y"
        ),
        .init(
            "a version that is none",
            "etcd: 3.4.23",
            "etcd: 3.4",
            "24:17 '3.4' is no version of etcd | write it as 3.4.23"
        ),
        .init(
            "a revision that is none",
            "revision: 212",
            "revision: 0",
            "25:21 '0' is no whole number from 1 on"
        ),
        .init(
            "a size that is none",
            "size: 3MiB",
            "size: 3 MiB",
            "26:17 '3 MiB' is no size | write it as 512, 24KiB or 3MiB"
        ),
        .init(
            "a size that is too large",
            "size: 3MiB",
            "size: 3GiB",
            "26:17 'size' is more than 64.0 MiB"
        ),
        .init(
            "a damage that is unknown",
            "damage: altered",
            "damage: broken",
            "27:19 'broken' is no damage | it is altered, truncated, empty"
        ),
        .init(
            "an empty backup with a size",
            "damage: altered",
            "damage: empty",
            "26:11 an empty backup has no size"
        ),
        .init(
            "a flag that is none",
            "deleted: true",
            "deleted: yes",
            "32:20 'yes' is neither true nor false"
        ),
        .init(
            "a place that is unknown",
            "places: [bucket, volume]",
            "places: [bucket, volum]",
            "20:28 'volum' is no place | did you mean 'volume'?"
        ),
        .init(
            "a place that is given twice",
            "places: [bucket, volume]",
            "places: [bucket, bucket]",
            "20:28 'bucket' is given twice"
        ),
        .init(
            "a backup without a place",
            "places: [bucket, volume]",
            "places: []",
            "20:19 'places' is empty"
        ),
        .init(
            "a deleted backup on a volume",
            "deleted: true\n          places: [bucket]",
            "deleted: true\n          places: [bucket, volume]",
            "32:11 only a backup whose one place is the bucket can be deleted"
        ),
        .init(
            "a deleted backup where versions are not kept",
            "    versions: true\n",
            "",
            "32:11 the bucket keeps no versions: nothing would be left of it | write 'versions: true' in 'bucket'"
        ),
        .init(
            "two backups of one name",
            "content: ./ours/monday.db",
            "content: shop-tuesday",
            "30:11 it has the same name as 'older' | give one of them another 'revision' or 'etcd'"
        ),
        .init(
            "a bucket's name with capitals",
            "name: my-backups\n    prefix",
            "name: My-Backups\n    prefix",
            "39:11 'My-Backups' can't be the name of a bucket | it has 3 to 63 of a-z, 0-9, '-' and '.', and begins and ends with a letter or a digit"
        ),
        .init(
            "a prefix with a slash at its end",
            "prefix: prod",
            "prefix: prod/",
            "40:13 'prod/' begins or ends with '/' | write it without"
        ),
        .init(
            "an unknown fault",
            "{down: true}\n  bucket",
            "{dwon: true}\n  bucket",
            "37:14 unknown key 'dwon' in faults | did you mean 'down'?"
        ),
        .init(
            "a fault that a volume can't have",
            "faults: {down: false}",
            "faults: {busy: 3}",
            "45:14 a volume has no 'busy' | 'down' is its only fault"
        ),
        .init(
            "a clock that is no length of time",
            "clock-off: -20m",
            "clock-off: \"-\"",
            "42:73 '-' is no length of time | write it as 90s, 15m or 2d5h"
        ),
        .init(
            "a volume above its folder",
            "path: /var/etcd-backup",
            "path: /var/../etc",
            "44:11 'var/../etc' is no plain path | a path has names between '/', none of them '.' or '..'"
        ),
        .init(
            "a data directory outside of work",
            "path: old/etcd-2",
            "path: /old/etcd-2",
            "47:13 '/old/etcd-2' must lie in the folder work | write it without '/' at the beginning",
            "66:14 the world has no data directory 'old/etcd-2'",
            "83:37 the world has no data directory 'old/etcd-2'"
        ),
        .init(
            "a data directory in the volume",
            "path: /var/etcd-backup",
            "path: old",
            "47:7 'old/etcd-2' and 'old' lie within each other"
        ),
        .init(
            "a data directory of an unknown backup",
            "backup: older",
            "backup: oldest",
            "48:15 there is no backup 'oldest' | did you mean 'older'?"
        ),
        .init(
            "a data directory of a damaged backup",
            "backup: older",
            "backup: newest",
            "48:15 'newest' is altered: no data directory can have its keys"
        ),
        .init(
            "a data directory of an unknown member",
            "member: etcd-2",
            "member: etcd-3",
            "49:15 'initial-cluster' has no member 'etcd-3' | it has etcd-1, etcd-2"
        ),
        .init(
            "a data directory of members without URLs",
            "initial-cluster: etcd-1=http://127.0.0.1:23801,",
            "initial-cluster: etcd-1,",
            "50:24 'initial-cluster' can't be used: 'etcd-1' has no URL in the list of members | NAME=URL,NAME=URL"
        ),
        .init(
            "a parameter that is no name",
            "parameters:\n  cluster:",
            "parameters:\n  1st-cluster:",
            "53:3 '1st-cluster' can't be the name of a parameter | a name has letters, digits and '_', and begins with no digit"
        ),
        .init(
            "a right backup that is unknown",
            "right: [older]",
            "right: [elder]",
            "55:9 there is no backup 'elder' | did you mean 'older'?"
        ),
        .init(
            "a right backup that is damaged",
            "right: [older]",
            "right: [newest]",
            "55:9 'newest' is altered: it can't be a right one"
        ),
        .init(
            "a right backup that is given twice",
            "right: [older]",
            "right: [older, older]",
            "55:16 'older' is given twice"
        ),
        .init(
            "no objective",
            "objectives:\n",
            "objectives: []\nx:\n",
            "56:1 no objective: the drill would have no end",
            "57:1 unknown key 'x' in a drill | the keys are drill, name, title, teaches, minutes, choose, story, programs, world, parameters, right, objectives, mistakes, hints, solution, debrief, injects"
        ),
        .init(
            "an objective without a condition",
            "    data: restored\n    has-key: /shop/orders/1041\n    lacks-key: [/shop/orders/1055, /shop/orders/1056]\n    members: 3\n    forgets: old/etcd-2\n",
            "",
            "61:5 the condition is about nothing | it needs file, data, etcd or originals"
        ),
        .init(
            "a condition of two things",
            "    data: restored\n    has-key",
            "    data: restored\n    file: a.db\n    has-key",
            "62:5 'file' and 'data' are two conditions: write one for each"
        ),
        .init(
            "a condition that asks nothing",
            "    is: older\n    sound: true\n",
            "",
            "58:5 nothing is asked of 'file' | it can be asked: exists, is, sound, has-key, lacks-key, members"
        ),
        .init(
            "a question that can't be asked",
            "    sound: true\n",
            "    answers: true\n",
            "60:5 'answers' can't be asked of 'file' | it can be asked: exists, is, sound, has-key, lacks-key, members"
        ),
        .init(
            "a question of originals",
            "originals: unchanged",
            "originals: unchanged\n    is: older",
            "72:5 'is' can't be asked of 'originals'"
        ),
        .init(
            "originals in another state",
            "originals: unchanged",
            "originals: gone",
            "71:16 'gone' is neither unchanged nor changed"
        ),
        .init(
            "originals of a world that keeps none",
            "  volume:\n    path: /var/etcd-backup\n    faults: {down: false}\n  data-directories:\n    - path: old/etcd-2\n      backup: older\n      member: etcd-2\n      initial-cluster: etcd-1=http://127.0.0.1:23801,etcd-2=http://127.0.0.1:23802\n      token: etcd-cluster\n",
            "",
            "20:28 the world has no volume | write 'volume:' in 'world'",
            "57:14 the world has no data directory 'old/etcd-2'",
            "62:16 the world has no volume: no backup in it can change",
            "74:37 the world has no data directory 'old/etcd-2'",
            "99:5 the world has no volume"
        ),
        .init(
            "a file outside of work",
            "    file: recovered.db\n    is: older",
            "    file: /tmp/recovered.db\n    is: older",
            "58:11 '/tmp/recovered.db' must lie in the folder work | write it without '/' at the beginning"
        ),
        .init(
            "a file above work",
            "    file: recovered.db\n    is: older",
            "    file: ../recovered.db\n    is: older",
            "58:11 '../recovered.db' is no plain path | a path has names between '/', none of them '.' or '..'"
        ),
        .init(
            "an unknown backup in a condition",
            "is: [newest, removed]",
            "is: [newest, remove]",
            "74:45 there is no backup 'remove' | did you mean 'removed'?"
        ),
        .init(
            "something more of what is missing",
            "{file: gone.db, exists: false}",
            "{file: gone.db, exists: false, sound: true}",
            "85:10 what is not there has nothing else that could be asked"
        ),
        .init(
            "an etcd on another machine",
            "etcd: http://127.0.0.1:2379\n",
            "etcd: http://10.0.0.1:2379\n",
            "68:11 'http://10.0.0.1:2379' is no address of an etcd on this machine | write it as http://127.0.0.1:2379"
        ),
        .init(
            "an etcd by https",
            "etcd: http://127.0.0.1:2379\n",
            "etcd: https://127.0.0.1:2379\n",
            "68:11 'https://127.0.0.1:2379' is no address of an etcd on this machine | write it as http://127.0.0.1:2379"
        ),
        .init(
            "an empty list of keys",
            "lacks-key: [/shop/orders/1055, /shop/orders/1056]",
            "lacks-key: []",
            "64:16 'lacks-key' is empty"
        ),
        .init(
            "members that are no number",
            "members: 3",
            "members: three",
            "65:14 'three' is no whole number from 1 to 99"
        ),
        .init(
            "a data directory that the world lacks",
            "forgets: old/etcd-2",
            "forgets: old/etcd-1",
            "66:14 the world has no data directory 'old/etcd-1' | it has old/etcd-2"
        ),
        .init(
            "a mistake without an example",
            "    example: echo nothing\n",
            "",
            "81:5 'example' is missing in a mistake | example: a script that makes it"
        ),
        .init(
            "a mistake that is given twice",
            "- name: lets-old-members-in",
            "- name: took-unverified",
            "81:11 'took-unverified' is given twice"
        ),
        .init(
            "a mistake in any state",
            "when: {file: recovered.db, is: [newest, removed]}",
            "when: []",
            "74:11 'when' is empty: any state would be this mistake"
        ),
        .init(
            "an example that joins lines",
            "example: |",
            "example: >",
            "76:14 a script of several lines is written below '|' | anything else joins its lines"
        ),
        .init(
            "one hint",
            "  - What does 'verify' say?\n",
            "",
            "89:1 1 hint: two are needed at least, the last one a script"
        ),
        .init(
            "a solution that is empty",
            "solution: |\n  cluster {{cluster}}\n  use s3 my-backups\n  pick max\n  get recovered.db --or-older\n",
            "solution: |\n",
            "93:11 'solution' is empty"
        ),
        .init(
            "an inject after more than a day",
            "at: 3m",
            "at: 25h",
            "102:9 'at' is longer than 1d"
        ),
        .init(
            "an inject at no time",
            "at: 3m",
            "at: soon",
            "102:9 'soon' is no length of time | write it as 90s, 15m or 2d5h"
        ),
        .init(
            "an inject that is given twice",
            "- name: all-back",
            "- name: bucket-down",
            "105:11 'bucket-down' is given twice"
        ),
        .init(
            "an inject in which nothing happens",
            "    service: {}\n    bucket: {}\n    volume: {}\n",
            "",
            "105:5 nothing happens in it | it needs say, service, bucket or volume"
        ),
        .init(
            "an inject of a place that the world lacks",
            "  service:\n    cluster: \"{{cluster}}\"\n    faults: {down: true}\n",
            "",
            "28:20 the world has no service | write 'service:' in 'world'",
            "103:5 the world has no service"
        ),
        .init(
            "an anchor",
            "token: etcd-cluster",
            "token: &t etcd-cluster",
            "51:14 an anchor: other values can't refer to this one | a text that begins with & or * is written in quotes"
        ),
        .init(
            "a reference",
            "token: etcd-cluster",
            "token: *t",
            "51:14 a reference to another value: write the value itself"
        ),
        .init(
            "a tag",
            "token: etcd-cluster",
            "token: !!int 3",
            "51:14 a tag: types follow from the keys | a text that begins with ! is written in quotes"
        ),
        .init(
            "a second document",
            "drill: 1",
            "--- 1\n---\ndrill: 1",
            "3:1 a second document begins here: only one is read"
        ),
        .init(
            "a broken bracket",
            "programs: [etcd]",
            "programs: [etcd",
            "13:6 it is not YAML: did not find expected ',' or ']'"
        ),
    ]
}
