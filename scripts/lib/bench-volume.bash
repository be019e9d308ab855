# What scripts/bench measures without any server. To be sourced, in a folder of its own.
: "${snapsh:?}"

measure 'start: -c exit' '15 ms' "$snapsh" -c exit

mkdir -p names/v1/foo
for ((i = 0; i < 100000; i++)); do
    printf 'names/v1/foo/3.4.%d_%016x_etcd.backup\n' $((i % 24)) $((i * 7))
done | xargs truncate --size=20512
measure '100,000 names: ls --limit 20' '1 s, 100 MB' "$snapsh" -c 'use pv names; cluster foo; ls --limit 20'
measure '100,000 names: pick max' '1 s, 100 MB' "$snapsh" -c 'use pv names; cluster foo; pick max'

for ((i = 0; i < 25000; i++)); do
    printf "%s\n" "use pv /mnt/rescue; cluster foo # line $i" "ls '3.4.*' --limit $((i + 1))" \
        "pick max --before 2026-01-01 && set x$i = \"a b \${pick.name}\"" "echo \$x$i hello there || exit"
done >long.snapsh
measure '100,000 lines: --check' '1 s' "$snapsh" --check long.snapsh

say 'making a file of 1 GiB' >&2
mkdir -p large/v1/foo
large=large/v1/foo/3.4.23_0000000000000001_etcd.backup
make_snapshot "$large" $((1 << 30))
compare 'ratio at most 1' \
    '1 GiB: get, synced and verified' "rm -f ours.db; $snapsh -c 'use pv large; cluster foo; pick max; get ours.db'" \
    '1 GiB: cp, then sha256sum (not synced)' "rm -f peer.db; cp $large peer.db && sha256sum peer.db"
