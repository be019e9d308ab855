# shellcheck shell=bash
# Real etcds on loopback, what is written to them, and the snapshots that are saved of them. Sourced by scripts, never run.

readonly patience=20

# Settings of the one who runs this would change what is written, or where.
for name in "${!ETCD@}"; do
    unset "$name"
done

work=$(mktemp -d)
etcd_pids=()

stop_etcd() {
    local pid
    for pid in "${etcd_pids[@]}"; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    etcd_pids=()
}

clean_up() {
    stop_etcd
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

endpoint=
ctl() {
    timeout "$patience" etcdctl --endpoints "$endpoint" --dial-timeout 5s --command-timeout 15s "$@"
}

# run_etcd OPTION…: starts the etcd of the program $etcd in the background, with its log in $work/log.
run_etcd() {
    # Should this script be killed, etcd ends all the same. Without the variable, 3.4 refuses to run on arm64.
    ETCD_UNSUPPORTED_ARCH=arm64 timeout --kill-after 5 300 "$etcd" "$@" --logger zap --log-outputs stderr >>"$work/log" 2>&1 &
    etcd_pids+=($!)
}
etcd=etcd

# The log comes first: a port that another program holds may never answer.
etcd_is_ready() {
    grep -qs 'set initial cluster version\|set the initial cluster version\|updated cluster version' "$work/log" &&
        ctl endpoint health >/dev/null 2>&1
}

# wait_for_etcd: fails when one of those that run gives up, or when the time is over.
wait_for_etcd() {
    local deadline=$((SECONDS + patience)) pid
    while ((SECONDS < deadline)); do
        for pid in "${etcd_pids[@]}"; do
            kill -0 "$pid" 2>/dev/null || return 1
        done
        if etcd_is_ready; then
            return
        fi
        sleep 0.1
    done
    return 1
}

etcd_failed() {
    tail -n 5 "$work/log" >&2
    fail "cannot start etcd: $1" 'the last lines of its log are above'
}

# start_etcd NAME TOKEN: one member, with the data in $work/data, if there are any. Which ports are free is known once etcd
# has them: it gives up on a port that is taken, and the next pair is tried. It advertises the usual ones, so that no
# random number gets into the snapshots.
start_etcd() {
    local attempt port
    for attempt in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 6000 * 2))
        endpoint=http://127.0.0.1:$port
        : >"$work/log"
        run_etcd --name "$1" --data-dir "$work/data" \
            --listen-client-urls "$endpoint" --listen-peer-urls "http://127.0.0.1:$((port + 1))" \
            --advertise-client-urls http://127.0.0.1:2379 \
            --initial-advertise-peer-urls http://127.0.0.1:2380 \
            --initial-cluster "$1=http://127.0.0.1:2380" --initial-cluster-token "$2"
        if wait_for_etcd; then
            return
        fi
        stop_etcd
    done
    etcd_failed "in $attempt attempts it gave up, or was not ready within $patience seconds"
}

put() {
    ctl put "$@" >/dev/null
}

# value KIND NODE GENERATION
value() {
    printf '{"kind":"%s","node":"node-%d","generation":%d}' "$1" "$2" "$3"
}

live_revision() {
    ctl endpoint status -w json | jq '.[0].Status.header.revision'
}

live_key_count() {
    ctl get '' --prefix --limit 1 -w json | jq '.count // 0'
}

# save FILE LARGEST REVISION: saves a snapshot, and checks its size, its trailer, and that etcd was at the revision.
save() {
    local bytes image trailer
    ctl snapshot save "$1" >"$work/save.log" 2>&1 || fail "cannot save ${1##*/}: $(tail -n 1 "$work/save.log")"
    [[ $(live_revision) == "$3" ]] || fail "cannot note the revision of ${1##*/}: etcd was written to meanwhile"

    bytes=$(stat -c %s "$1")
    ((bytes <= $2)) || fail "cannot use ${1##*/}: it has $bytes bytes, and $2 is the most for a fixture" \
        'write fewer keys, or defragment before it is saved'
    ((bytes % 512 == 32)) || fail "cannot use ${1##*/}: $bytes bytes are no snapshot with a trailer"
    image=$(head -c -32 "$1" | sha256sum | cut -d ' ' -f 1)
    trailer=$(tail -c 32 "$1" | od -An -v -tx1 | tr -d ' \n')
    [[ $trailer == "$image" ]] || fail "cannot use ${1##*/}: its last 32 bytes are not the SHA-256 of the rest"
}

# etcd_version: of the program $etcd.
etcd_version() {
    "$etcd" --version | sed -n 's/^etcd Version: //p'
}

# need_etcd_3_4: what is expected of the fixtures is what Debian 12's etcd makes.
need_etcd_3_4() {
    local version
    version=$(etcd_version)
    [[ $version == 3.4.* ]] ||
        fail "cannot make fixtures with etcd ${version:-of unknown version}: what is expected is Debian's 3.4" \
            'put the etcd of Debian 12 first on the PATH'
}
