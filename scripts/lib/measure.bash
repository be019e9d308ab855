# How scripts/bench measures. To be sourced, where these are set: how often each command is run and counted, and the
# project's folder.
: "${runs:?}" "${project:?}"

# once COMMAND…: runs it, and sets `elapsed` (µs) and `peak` (KiB).
once() {
    local start=$EPOCHREALTIME end
    command time -o peak -f %M "$@" >output 2>&1 || {
        cat output >&2
        fail "cannot measure '$*': it failed"
    }
    end=$EPOCHREALTIME
    elapsed=$((${end/./} - ${start/./}))
    peak=$(<peak)
}

# median NUMBER…
median() {
    printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}

# milliseconds MICROSECONDS
milliseconds() {
    printf '%d.%d' "$(($1 / 1000))" "$(($1 % 1000 / 100))"
}

header() {
    printf '%-44s %13s  %11s   %s\n' WHAT MEDIAN PEAK AIM
}

# line WHAT MICROSECONDS KIB AIM
line() {
    printf '%-44s %10s ms  %7d KiB   %s\n' "$1" "$(milliseconds "$2")" "$3" "$4"
}

# measure WHAT AIM COMMAND…: a line of its median time and peak memory, after a run that is not counted.
measure() {
    local what=$1 aim=$2 times=() peaks=() run
    shift 2
    for ((run = 0; run <= runs; run++)); do
        once "$@"
        ((run == 0)) || { times+=("$elapsed") && peaks+=("$peak"); }
    done
    line "$what" "$(median "${times[@]}")" "$(median "${peaks[@]}")" "$aim"
}

# compare AIM WHAT COMMAND [WHAT COMMAND]…: the first one beside its peers, in turn, so that a machine that gets slower
# slows all; then the ratio of the first to the fastest of the others, run by run. A command is a text of the shell.
compare() {
    local aim=$1 count=$((($# - 1) / 2)) run index fastest
    shift
    local given=("$@") times=() peaks=() ratios=()
    for ((run = 0; run <= runs; run++)); do
        fastest=0
        for ((index = 0; index < count; index++)); do
            once bash -c "${given[index * 2 + 1]}"
            # What one left to be written to the disk is not for the next one to wait for.
            sync
            ((run == 0)) && continue
            times[index]+=" $elapsed"
            peaks[index]+=" $peak"
            if ((index == 0)); then
                ours=$elapsed
            elif ((fastest == 0 || elapsed < fastest)); then
                fastest=$elapsed
            fi
        done
        ((run == 0 || count < 2)) || ratios+=("$((ours * 1000 / fastest))")
    done
    for ((index = 0; index < count; index++)); do
        # shellcheck disable=SC2086 # The numbers are separate words.
        line "${given[index * 2]}" "$(median ${times[index]})" "$(median ${peaks[index]})" \
            "$( ((index == 0)) && echo "$aim")"
    done
    local ratio
    ratio=$(median "${ratios[@]}")
    printf '%-44s %11d.%03d\n' '  ratio to the fastest peer, run by run' "$((ratio / 1000))" "$((ratio % 1000))"
}

# make_snapshot PATH SIZE [COMMAND]: a sound snapshot of that many bytes and 32 more. Its head says how many pages there
# are; those are noise, which nothing here looks at: as COMMAND writes it from random bytes.
make_snapshot() {
    local head=$project/Tests/Fixtures/snapshots/early.db rest digest i
    head -c -32 "$head" >"$1"
    rest=$(($2 - $(stat -c %s "$1")))
    { ${3:-cat} </dev/urandom || true; } 2>/dev/null | head -c "$rest" >>"$1"
    digest=$(sha256sum "$1" | cut -d ' ' -f 1)
    for ((i = 0; i < 64; i += 2)); do
        printf '%b' "\\x${digest:i:2}"
    done >>"$1"
}
