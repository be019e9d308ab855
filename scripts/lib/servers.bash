# Servers that scripts/bench starts on 127.0.0.1. To be sourced; they end with the script.
: "${project:?}" "${world:?}"

readonly tools=$project/.build-tools/venv

servers=()
# serve COMMAND…: starts a server in the background.
serve() {
    "$@" >server.log 2>&1 &
    servers+=("$!")
}
stop_servers() {
    ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
    rm -rf "$world"
}
trap stop_servers EXIT

# wait_for URL: until a server answers there, whatever it says.
wait_for() {
    local try
    for ((try = 0; try < 100; try++)); do
        if curl --silent --output /dev/null --max-time 2 "$1"; then return; fi
        sleep 0.1
    done
    fail "cannot measure: nothing answers at $1"
}

# Linux gives the ports from 32768 on to connections and to servers that ask for any port: these are lower.
free_port() {
    "$tools/bin/python3" - <<'EOF'
import random, socket

while True:
    with socket.socket() as s:
        try:
            s.bind(("127.0.0.1", random.randrange(12000, 32000)))
        except OSError:
            continue
        print(s.getsockname()[1])
        break
EOF
}
