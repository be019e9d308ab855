# What scripts/bench measures of snapshot files, beside etcd's own tool. To be sourced, in a folder of its own.
: "${snapsh:?}" "${project:?}"

# save_snapshot PATH: of a real etcd with 250,000 keys, 1 GB.
save_snapshot() {
    local client peer
    client=http://127.0.0.1:$(free_port)
    peer=http://127.0.0.1:$(free_port)
    ETCD_UNSUPPORTED_ARCH=arm64 serve etcd --data-dir "$PWD/data" --quota-backend-bytes 8000000000 \
        --max-txn-ops 1000 --max-request-bytes 10000000 \
        --listen-client-urls "$client" --advertise-client-urls "$client" \
        --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer"
    local server=$!
    wait_for "$client/health"
    python3 "$project/scripts/lib/fill-etcd.py" "$client" 250000 3900
    ETCDCTL_API=3 etcdctl --endpoints "$client" --command-timeout 300s snapshot save "$1" >/dev/null 2>&1
    kill -KILL "$server"
    wait "$server" 2>/dev/null || true
    rm -rf data
}

say 'writing 250,000 keys into an etcd, and saving a snapshot of 1 GB' >&2
save_snapshot large.db
compare 'ratio at most 1, 64 MB' \
    '1 GB, 250,000 keys: status' "$snapsh -c 'status large.db'" \
    '1 GB, 250,000 keys: etcdctl snapshot status' 'ETCDCTL_API=3 etcdctl snapshot status large.db'
compare 'ratio at most 1.3, 64 MB' \
    '1 GB, 250,000 keys: verify, with SHA-256' "$snapsh -c 'verify large.db'" \
    '1 GB, 250,000 keys: etcdctl snapshot status' 'ETCDCTL_API=3 etcdctl snapshot status large.db'
compare 'ratio at most 1, 64 MB' \
    '1 GB, 250,000 keys: restore' "rm -rf ours; $snapsh -c 'restore large.db --data-dir ours'" \
    '1 GB, 250,000 keys: etcdctl snapshot restore' \
    'rm -rf peer; ETCDCTL_API=3 etcdctl snapshot restore large.db --data-dir peer'
rm -rf ours peer
measure '1 GB, 250,000 keys: hashkv' '-' "$snapsh" -c 'hashkv large.db'
measure '1 GB, 250,000 keys: keys --limit 20' '-' "$snapsh" -c 'keys large.db --limit 20'
measure '1 GB, 250,000 keys: diff with itself' '-' "$snapsh" -c 'diff large.db large.db'
