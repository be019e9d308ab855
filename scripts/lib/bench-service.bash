# What scripts/bench measures of 'serve' and of its client. To be sourced, in a folder of its own.
: "${snapsh:?}" "${world:?}"

# serve_folder FOLDER: serves a volume, and sets `url` and `server` (its process).
serve_folder() {
    local port
    port=$(free_port)
    url=http://127.0.0.1:$port
    serve "$snapsh" -c "use pv $1; cluster foo; serve --listen 127.0.0.1:$port"
    server=$!
    wait_for "$url/v1/status"
}

name=3.4.23_0000000000000001_etcd.backup
say 'making a file of 1 GiB' >&2
mkdir -p large/v1/foo
make_snapshot "large/v1/foo/$name" $((1 << 30))
serve_folder large
compare 'ratio at most 1' \
    '1 GiB: use service, get, synced and verified' \
    "rm -f ours.db; $snapsh -c 'cluster foo; use service $url; pick max; get ours.db'" \
    '1 GiB: curl, then sha256sum (not synced)' \
    "rm -f peer.db; curl --silent --fail --output peer.db $url/v1/backup && sha256sum peer.db"
kill "$server"
rm -rf large ./*.db

mkdir -p medium/v1/foo
make_snapshot "medium/v1/foo/$name" $((100 << 20))
serve_folder medium
nginx_port=$(free_port)
cat >nginx.conf <<END
daemon off;
pid $PWD/nginx.pid;
worker_processes 2;
events {}
http {
    access_log off;
    sendfile on;
    client_body_temp_path $PWD/body;
    proxy_temp_path $PWD/proxy;
    fastcgi_temp_path $PWD/fastcgi;
    uwsgi_temp_path $PWD/uwsgi;
    scgi_temp_path $PWD/scgi;
    server {
        listen 127.0.0.1:$nginx_port;
        root $PWD/medium/v1/foo;
    }
}
END
# As root its workers are nobody, who may not look into this folder.
[[ $(id -u) != 0 ]] || chmod 755 "$world" "$PWD"
serve /usr/sbin/nginx -p "$PWD" -c "$PWD/nginx.conf" -e stderr
wait_for "http://127.0.0.1:$nginx_port/"
all="curl --silent --fail --parallel --parallel-immediate --parallel-max 64 --output /dev/null"
compare 'ratio at most 2' \
    '64 at once, 100 MiB each: serve' "$all '$url/v1/backup?n=[1-64]'" \
    '64 at once, 100 MiB each: nginx' "$all 'http://127.0.0.1:$nginx_port/$name?n=[1-64]'"
printf '%-44s %13s  %7d KiB   %s\n' '  memory of serve' - \
    "$(awk '/^VmHWM/ { print $2 }' "/proc/$server/status")" '200 MB'
