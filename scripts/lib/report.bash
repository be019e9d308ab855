# shellcheck shell=bash
# How the scripts speak. Sourced by them, never run.

# say SENTENCE: one line of what happens, on standard error.
say() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
}

# fail SENTENCE [NEXT STEP]: the sentence is "cannot ‹verb› ‹thing›: ‹reason›".
fail() {
    say "$1"
    if [[ -n ${2:-} ]]; then
        printf '    hint: %s\n' "$2" >&2
    fi
    exit 1
}

# misused SENTENCE: the command line is wrong, and nothing was run.
misused() {
    say "$1"
    exit 2
}
