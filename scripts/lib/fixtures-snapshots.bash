# shellcheck shell=bash
# The snapshots of the tests: Tests/Fixtures/README.md says what is in each. Sourced by scripts/make-fixtures, never run.

# shellcheck source-path=SCRIPTDIR source=etcd.bash
source "${BASH_SOURCE[0]%/*}/etcd.bash"

readonly destination=Tests/Fixtures/snapshots
readonly largest=200000

# put_together KIND PREFIX FIRST LAST: several keys in one transaction, which is one revision.
put_together() {
    local number
    {
        echo
        for ((number = $3; number <= $4; number++)); do
            printf "put %s%03d '%s'\n" "$2" "$number" "$(value "$1" $((number % 3)) 1)"
        done
        echo
        echo
    } | ctl txn >/dev/null
}

# take NAME: saves a snapshot as NAME.db, checks it, and notes what is expected of it.
take() {
    local file=$work/$1.db revision keys bytes whole trailer status
    revision=$(live_revision)
    keys=$(live_key_count)
    save "$file" "$largest" "$revision"
    bytes=$(stat -c %s "$file")
    whole=$(sha256sum "$file" | cut -d ' ' -f 1)
    trailer=$(tail -c 32 "$file" | od -An -v -tx1 | tr -d ' \n')

    status=$(timeout "$patience" etcdctl snapshot status "$file" -w json)
    [[ $(sha256sum "$file" | cut -d ' ' -f 1) == "$whole" ]] ||
        fail "cannot use $1.db: 'etcdctl snapshot status' changed it"

    jq --null-input --arg file "$1.db" --argjson bytes "$bytes" --arg whole "$whole" --arg trailer "$trailer" \
        --argjson revision "$revision" --argjson status "$status" --arg version "$version" \
        --argjson keys "$keys" '{
            file: $file, byteCount: $bytes, sha256: $whole, trailerSHA256: $trailer, revision: $revision,
            statusRevision: $status.revision, statusHash: $status.hash,
            totalKey: $status.totalKey, totalSize: $status.totalSize,
            etcdVersion: $version, liveKeys: $keys
        }' >>"$work/expected"
    printf '%-13s %7d bytes  revision %4d  %4d live keys\n' "$1.db" "$bytes" "$revision" "$keys"
}

need_etcd_3_4
version=$(etcd_version)
start_etcd fixtures snapsh-fixtures

# Nothing written: etcd itself is at revision 1.
take empty

# A few keys, one of them written twice.
for name in default kube-public kube-system; do
    put "/registry/namespaces/$name" "$(value Namespace 0 1)"
done
for number in 0 1 2; do
    put "/registry/minions/node-$number" "$(value Node "$number" 1)"
done
put /registry/serviceaccounts/default/default "$(value ServiceAccount 0 1)"
put /registry/minions/node-0 "$(value Node 0 2)"
take early

# Single writes, transactions of ten keys, updates, a lease, deletions one by one.
for ((number = 0; number < 100; number++)); do
    put "$(printf '/registry/pods/default/web-%03d' "$number")" "$(value Pod $((number % 3)) 1)"
done
for ((first = 0; first < 80; first += 10)); do
    put_together ConfigMap /registry/configmaps/kube-system/config- "$first" $((first + 9))
done
for ((first = 0; first < 40; first += 10)); do
    put_together Secret /registry/secrets/default/token- "$first" $((first + 9))
done
for ((number = 0; number < 100; number += 3)); do
    put "$(printf '/registry/pods/default/web-%03d' "$number")" "$(value Pod $((number % 3)) 2)"
done
read -r _ lease _ < <(ctl lease grant 86400)
for number in 0 1 2; do
    put "/registry/leases/kube-node-lease/node-$number" "$(value Lease "$number" 1)" --lease "$lease"
done
for ((number = 0; number < 100; number += 10)); do
    ctl del "$(printf '/registry/pods/default/web-%03d' "$number")" >/dev/null
done
take middle

# A whole folder deleted at once, history compacted up to there, and some more history after it.
ctl del --prefix /registry/configmaps/kube-system/ >/dev/null
for ((number = 1; number < 100; number += 4)); do
    put "$(printf '/registry/pods/default/web-%03d' "$number")" "$(value Pod $((number % 3)) 3)"
done
ctl compaction --physical "$(live_revision)" >/dev/null
for ((number = 1; number < 100; number += 8)); do
    put "$(printf '/registry/pods/default/web-%03d' "$number")" "$(value Pod $((number % 3)) 4)"
done
ctl del /registry/pods/default/web-099 >/dev/null
ctl defrag >/dev/null
take late

# The last change is a deletion, and it is compacted away: the file holds no record of the cluster's revision, only of
# the compaction.
for number in 1 2 3; do
    put /registry/events/default/last "$(value Event 0 "$number")"
done
ctl del /registry/events/default/last >/dev/null
ctl compaction --physical "$(live_revision)" >/dev/null
ctl defrag >/dev/null
take tombstone

mkdir -p "$destination"
jq --slurp . "$work/expected" >"$work/expected.json"
install -m 644 "$work"/*.db "$work/expected.json" "$destination"
say "made $destination with etcd $version"
