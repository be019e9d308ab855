# What scripts/bench measures against S3 servers of its own, on 127.0.0.1. To be sourced, in a folder of its own.
: "${snapsh:?}" "${project:?}" "${tools:?}"

aws=$tools/bin/aws
rclone=$tools/bin/rclone
# The binary itself, not Python's way to it.
s5cmd=$(echo "$tools"/lib/python3*/site-packages/s5cmd/bin/s5cmd)
[[ -x $s5cmd ]] || s5cmd=$tools/bin/s5cmd

export AWS_ACCESS_KEY_ID=SNAPSHBENCHACCESS AWS_SECRET_ACCESS_KEY=snapsh-bench-secret-access-key-012345678
export AWS_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
export AWS_PAGER=

# A bucket for each, so that no listing walks through the files of another.
mkdir -p served/{small,large}/v1/foo
head=3.4.23_0000000000000001_etcd.backup
cp "$project/Tests/Fixtures/snapshots/early.db" "served/small/v1/foo/$head"
say 'making a file of 1 GiB' >&2
make_snapshot "served/large/v1/foo/$head" $((1 << 30))

port=$(free_port)
endpoint=http://127.0.0.1:$port
serve "$rclone" serve s3 served --addr "127.0.0.1:$port" --config /dev/null \
    --auth-key "$AWS_ACCESS_KEY_ID,$AWS_SECRET_ACCESS_KEY"
wait_for "$endpoint"
at="--endpoint $endpoint; cluster foo"
s5="$s5cmd --endpoint-url $endpoint"
cli="$aws --endpoint-url $endpoint s3"
export RCLONE_CONFIG=/dev/null
remote=":s3,provider=Rclone,env_auth,endpoint='$endpoint',force_path_style:"
# The server reads a file once to know its hash, for whoever asks first.
for bucket in small large; do
    "$aws" --endpoint-url "$endpoint" s3 ls "s3://$bucket/v1/foo/" >/dev/null
done

compare 'ratio at most 1, 100 MB' \
    '1 GiB: get, synced and verified' "rm -f ours.db; $snapsh -c 'use s3 large $at; pick max; get ours.db'" \
    '1 GiB: s5cmd cp' "rm -f a.db; $s5 cp s3://large/v1/foo/$head a.db" \
    '1 GiB: rclone copyto' "rm -f b.db; $rclone copyto \"${remote}large/v1/foo/$head\" b.db" \
    '1 GiB: aws s3 cp' "rm -f c.db; $cli cp s3://large/v1/foo/$head c.db --no-progress"
# None of the peers looks at what it got: with the hash that is checked here, the fastest of them takes as long as this.
measure '1 GiB: s5cmd cp, then openssl dgst -sha256' '-' \
    bash -c "rm -f a.db; $s5 cp s3://large/v1/foo/$head a.db && openssl dgst -sha256 a.db"
rm -f {a,b,c,ours}.db

# As kops leaves it: gzip takes a quarter off what base64 writes.
backup=kops/backups/etcd/main/2026-01-02T03:04:05Z-000001
mkdir -p "served/$backup"
make_snapshot plain.db $((1 << 30)) 'base64 --wrap=0'
gzip -1 <plain.db >"served/$backup/etcd.backup.gz"
: >"served/$backup/_etcd_backup.meta"
rm plain.db
"$aws" --endpoint-url "$endpoint" s3 ls "s3://$backup/" >/dev/null
compare 'ratio at most 1, 100 MB' \
    '1 GiB as gzip: get, synced and verified' \
    "rm -f ours.db; $snapsh -c 'use s3 kops --endpoint $endpoint; pick max; get ours.db'" \
    '1 GiB as gzip: s5cmd cat, gunzip, tee, sha256sum, sync' \
    "rm -f a.db; $s5 cat s3://$backup/etcd.backup.gz | gunzip | tee a.db | sha256sum; sync a.db"
rm -f {a,ours}.db

compare 'ratio under 0.25' \
    '20 kB: use, pick max, get' "rm -f d.db; $snapsh -c 'use s3 small $at; pick max; get d.db'" \
    '20 kB: aws s3 ls, then aws s3 cp' \
    "rm -f e.db; $cli ls s3://small/v1/foo/ && $cli cp s3://small/v1/foo/$head e.db"

# simulate COUNT LATENCY [OPTION]: starts a server with that many objects and ms a request, and sets `simulated` to its URL. It
# reports no hashes of files, which is what a server with a folder behind it spends a listing on.
simulate() {
    local try
    : >simulated.port
    "$tools/bin/python3" "$project/scripts/lib/simulated-s3.py" --count "$1" --latency "$2" "${@:3}" \
        >simulated.port 2>simulated.log &
    servers+=("$!")
    for ((try = 0; try < 600; try++)); do
        [[ -s simulated.port ]] && break
        sleep 0.1
    done
    simulated=http://127.0.0.1:$(<simulated.port)
    wait_for "$simulated"
}

simulate 100000 0
at="--endpoint $simulated; cluster foo"
compare 'ratio at most 1' \
    '100,000 objects: ls' "$snapsh -c 'use s3 backups $at; ls' >names" \
    '100,000 objects: s5cmd ls' "$s5cmd --endpoint-url $simulated ls s3://backups/v1/foo/ >names"

simulate 100000 0 --k3s
compare 'ratio at most 1' \
    "100,000 objects of k3s's: pick max" "$snapsh -c 'use s3 backups/prod --endpoint $simulated; pick max' >names" \
    "100,000 objects of k3s's: s5cmd ls" "$s5cmd --endpoint-url $simulated ls s3://backups/prod/ >names"

simulate 1000000 20
at="--endpoint $simulated; cluster foo"
measure '1,000,000 objects, 20 ms a request: pick max' '1 s' "$snapsh" -c "use s3 backups $at; pick max"
measure '1,000,000 objects, 20 ms a request: ls' '-' "$snapsh" -c "use s3 backups $at; ls --limit 20"
