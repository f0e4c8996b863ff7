#!/bin/bash
# Encryption of Secrets at rest, on SQLite and on etcd, driven by real kubectl: enabling on a store in use, rotation with kill -9,
# watches across it, wrong and lost keys, tampered values, nothing readable in any file, backups with and without keys, a restore that
# is killed, two servers on one etcd.
. "$(dirname "$0")/lib.sh"
for tool in sqlite3 jq; do command -v $tool >/dev/null || skip_all "no $tool"; done
enter_sandbox "$@"
loops=$([ "${MINIK_SOAK:-0}" = 1 ] && echo 100 || echo 5)
WORD=correct-horse-battery-staple
B64=$(printf %s $WORD | base64)
LABEL=label-stays-readable

for n in 1 2; do node_add n$n 192.168.77.$n; mkdir -p "$T/n$n"; : >"$T/n$n/config.yaml"; done
server() { # server NAME FLAGS...
	local name=$1; shift
	minik_start "$name" server --write-kubeconfig "$T/kubeconfig-$name" --disable-agent "$@"
}
at() { # at NAME kubectl-args...
	local name=$1; shift; KUBECONFIG=$T/kubeconfig-$name in_node "$name" "$KUBECTL" "$@"
}
k() { at n1 "$@"; }
up() { # up NAME FLAGS...
	server "$@"
	eventually 30 at "$1" get --raw /readyz >/dev/null || { not_ok "the server starts" "$(tail -5 "$T/$1/server.log")"; exit 1; }
}
down() { # down NAME [SIGNAL]
	local p; p=$(minik_main_pid "$1")
	kill "${2:--TERM}" "$p"; eventually 20 test ! -e "/proc/$p"
}
dirs() { echo "--data-dir $T/$1/data --run-dir $T/$1/run --config $T/$1/config.yaml"; }
enc() { # enc NAME VERB...
	local name=$1; shift; in_node "$name" "$MINIK" secrets-encrypt "$@" $(dirs "$name")
}
# state NAME JQ: of the status
state() { enc "$1" status -o json | jq -r "$2"; }
of() { # of NAME STATE: how many values are on keys in that state; plain is one
	[ "$2" = plain ] && { state "$1" '.plain.values + .plain.history'; return; }
	state "$1" "[.keys[] | select(.state == \"$2\") | .values + .history] | add // 0"
}
secrets() { # secrets NAME FROM TO
	local i
	for i in $(seq "$2" "$3"); do
		printf -- '---\napiVersion: v1\nkind: Secret\nmetadata: {name: s%s, labels: {l: %s}}\nstringData: {word: %s}\n' "$i" $LABEL $WORD
	done | at "$1" apply -f - >/dev/null # apply: an annotation with all of it
}
all_read() { # all_read NAME N
	[ "$(at "$1" get secrets -l l=$LABEL -o 'jsonpath={range .items[*]}{.data.word}{"\n"}{end}' | grep -cx "$B64")" = "$2" ]
}
# What of the secret can be read in the files below a folder: their names.
found() { grep -rlaF -e $WORD -e "$B64" "$@" 2>/dev/null; }
none_found() { local f; f=$(found "$@"); [ -z "$f" ] || { echo "found in: $f"; return 1; }; }

# --- enabled on a store in use ---
D=$T/n1/data KEYS=$T/n1/data/server/cred/secrets-keys.json DB=$T/n1/data/server/db/minik.db
up n1
secrets n1 1 30
expect "without it Secrets lie there as they are" minik.db found "$D/server/db"
expect "status says so" '^false 0$' state n1 '"\(.enabled) \(.keys | length)"'
k delete secret s30 >/dev/null
rv=$(k get secret s7 -o 'jsonpath={.metadata.resourceVersion}')
KUBECONFIG=$T/kubeconfig-n1 in_node_exec n1 "$KUBECTL" get secrets -w --output-watch-events -o 'jsonpath={.type} {.object.metadata.name}{"\n"}' >"$T/watched" 2>&1 &
watcher=$!; lib_pids="$lib_pids $watcher"
eventually 10 grep -q s29 "$T/watched"
check "enable, while it runs" enc n1 enable
expect "... all values are sealed with one key" '^true 0$' sh -c "$(declare -f state enc in_node dirs); T='$T' MINIK='$MINIK' node_pid_n1=$node_pid_n1; state n1 '\"\(.enabled) \(.plain.values + .plain.history)\"'"
[ "$(of n1 active)" -ge 30 ] && ok "... those of history too" || not_ok "... those of history too" "$(enc n1 status)"
check "... kubectl reads them" all_read n1 29
check "... and nothing of them is left in database, WAL or any other file" none_found "$D" "$T/n1/run"
expect "... labels are" minik.db grep -rlaF $LABEL "$D/server/db"
[ "$(k get secret s7 -o 'jsonpath={.metadata.resourceVersion}')" = "$rv" ] && ok "... no revision moved" || not_ok "... no revision moved"
[ "$(stat -c %a "$KEYS" "$(dirname "$KEYS")" | tr '\n' ' ')" = "600 700 " ] && ok "... the keys are root's alone" || not_ok "... the keys are root's alone" "$(stat -c '%a %n' "$KEYS")"
expect "an older program would refuse the file" '^2$' sqlite3 "file:$DB?mode=ro" 'PRAGMA user_version'

# --- rotation, and a watch across it ---
secrets n1 31 40
check "rotate-keys, while it runs" enc n1 rotate-keys
expect "... the old key has nothing left" '^0$' of n1 old
[ "$(of n1 active)" -ge 39 ] && ok "... the new one everything" || not_ok "... the new one everything" "$(enc n1 status)"
check "prune-keys" enc n1 prune-keys
expect "... one key is left" '^1$' state n1 '.keys | length'
check "prepare" enc n1 prepare
expect "... a second prepared key is refused" 'prepared already' enc n1 prepare
check "rotate" enc n1 rotate
[ "$(of n1 old)" -ge 39 ] && ok "... moves nothing yet" || not_ok "... moves nothing yet" "$(enc n1 status)"
check "reencrypt" enc n1 reencrypt
expect "... moves it" '^0$' of n1 old
check "kubectl reads them" all_read n1 39
k create secret generic last >/dev/null
eventually 10 grep -q 'ADDED last' "$T/watched"
# The controllers' own are not counted.
[ "$(grep -c MODIFIED "$T/watched")" = 0 ] && [ "$(grep -cE 'ADDED s(3[1-9]|40)$' "$T/watched")" = 10 ] && ok "a watch saw what was written, and nothing of all that" || not_ok "a watch saw what was written, and nothing of all that" "$(cat "$T/watched")"
kill $watcher
expect "an unknown verb" 'usage: minik secrets-encrypt' enc n1 melt
expect "whoever is no administrator may not" 'orbidden' k --as=alice get --raw /minik/secrets-encrypt

# --- kill -9 in rotations ---
killed() {
	local i
	for i in $(seq 1 $loops); do
		(for _ in 1 2 3 4 5 6; do enc n1 rotate-keys || enc n1 prune-keys; done >/dev/null 2>&1) &
		local r=$!
		sleep "0.$((RANDOM % 6))$((RANDOM % 10))" # anywhere within a rotation
		down n1 -9
		wait $r
		up n1
		all_read n1 39 || { echo "after kill $i:"; enc n1 status; return 1; }
		[ "$(of n1 plain)" = 0 ] && [ "$(of n1 missing)" = 0 ] || { enc n1 status; return 1; }
		enc n1 prune-keys >/dev/null || return 1
	done
}
check "killed $loops times within rotations: every Secret opens" killed
check "one more rotation ends all" enc n1 rotate-keys
expect "... with nothing on old keys" '^0$' of n1 old
check "... and nothing readable in any file" none_found "$D" "$T/n1/run"

# --- backups ---
back() { local f=$1; shift; in_node n1 "$MINIK" backup $(dirs n1) "$@" "$f"; }
check "a backup" back "$T/plain.tgz"
check "a backup with keys" back "$T/keys.tgz" --with-keys
mkdir "$T/look" && tar xzf "$T/plain.tgz" -C "$T/look"
check "a backup holds sealed values" none_found "$T/look"
[ -z "$(tar tzf "$T/plain.tgz" | grep cred)" ] && tar tzf "$T/keys.tgz" | grep -q server/cred/secrets-keys.json && ok "keys are in it only when asked for" || not_ok "keys are in it only when asked for"
n2() { in_node n2 "$MINIK" restore $(dirs n2) "$1"; }
expect "a restore without the keys says so" 'sealed with key [0-9a-f]{16}.*cannot be read until that file is put back' n2 "$T/plain.tgz"
up n2
expect "... and so does whoever reads one" 'InternalError.*sealed with a key|sealed with key' at n2 get secret s7
expect "... it is no different for a list" 'sealed with key [0-9a-f]{16}, which is not in' at n2 get secrets
expect "... a new one is not written plain" 'keys are missing' at n2 create secret generic new
check "... everything else works" at n2 create cm works
expect "... nor is one deleted just so" 'sealed with a key' at n2 delete secret s7
unread() { at n2 "$@" --raw '/api/v1/namespaces/default/secrets/s7?ignoreStoreReadErrorWithClusterBreakingPotential=true'; }
expect "... it may be by who gives it up" '"status":"Success"' unread delete
expect "... gone" 'not found' at n2 get secret s7
down n2
check "a restore with them" n2 "$T/keys.tgz"
up n2
check "... reads all" all_read n2 39
down n2
check "a restore of the one without, where the keys are" n2 "$T/plain.tgz"
[ -f "$T/n2/data/server/cred/secrets-keys.json" ] && ok "... keeps the keys" || not_ok "... keeps the keys"
up n2
check "... and reads all" all_read n2 39
down n2

# --- a lost file, another's, a broken one ---
down n1
mv "$KEYS" "$T/keys"
up n1 --secrets-encryption
[ ! -e "$KEYS" ] && ok "a lost file is not replaced by new keys" || not_ok "a lost file is not replaced by new keys"
expect "... the log names the mend" 'file with their keys is missing: put it back' cat "$T/n1/server.log"
expect "... reading says it" 'sealed' k get secret s7
expect "... and the status" 'KEYS ARE MISSING' enc n1 status
k create cm goes-on >/dev/null && ok "... everything else works" || not_ok "... everything else works"
cp -p "$T/keys" "$KEYS"
check "... put back, all is read, without a restart" eventually 5 all_read n1 39
down n1
sed -i 's/"key":"../"key":"AA/' "$KEYS"
expect "a damaged file is refused with its name" "secrets-keys.json: key [0-9a-f]{16} was changed" in_node n1 timeout 20 "$MINIK" server $(minik_flags n1) --write-kubeconfig "$T/kubeconfig-n1" --disable-agent
expect "... check-config finds it" "^FAIL .*secrets-keys.json: key [0-9a-f]{16} was changed" in_node n1 "$MINIK" check-config $(minik_flags n1) --disable-agent
cp -p "$T/keys" "$KEYS"

# --- tampered ---
cp "$DB" "$T/db"
row=$(sqlite3 "$DB" "SELECT max(id) FROM log WHERE key=CAST('/secrets/default/s7' AS BLOB)")
sqlite3 "$DB" "UPDATE log SET value=CAST(substr(value,1,60)||x'00ff00ff'||substr(value,65) AS BLOB) WHERE id=$row"
up n1
expect "a value that was tampered with is told of" 'InternalError.*not what was sealed|not what was sealed' k get secret s7
expect "... a list that contains it fails, and names it" '/secrets/default/s7.*not what was sealed' k get secrets
check "... others are read" k get secret s8
check "... other namespaces are listed" k get secrets -n kube-system
k create rolebinding bob --clusterrole=admin --user=bob >/dev/null
expect "... a namespace's administrator may not just give it up" 'cannot unsafe-delete-ignore-read-errors' k --as=bob delete --raw '/api/v1/namespaces/default/secrets/s7?ignoreStoreReadErrorWithClusterBreakingPotential=true'
expect "... a rotation leaves it alone and says so" '^1$' sh -c "$(declare -f state enc in_node dirs); T='$T' MINIK='$MINIK' node_pid_n1=$node_pid_n1; enc n1 rotate-keys >/dev/null; state n1 .unreadable"
down n1
cp "$T/db" "$DB"; rm -f "$DB-wal" "$DB-shm"

# --- a restore that is killed, a file that is torn, a newer one's ---
mkdir -p "$D/server/backups"; echo x >"$D/server/backups/one"
expect "a torn backup is refused" 'truncated|not a backup' sh -c "head -c 20000 '$T/keys.tgz' >'$T/torn.tgz'; nsenter --target $node_pid_n1 --net --mount -- '$MINIK' restore $(dirs n1) '$T/torn.tgz'"
mkdir "$T/newer" && tar xzf "$T/keys.tgz" -C "$T/newer" && sqlite3 "$T/newer/server/db/minik.db" 'PRAGMA user_version=99' && (cd "$T/newer" && find server -type f | tar czf "$T/newer.tgz" -T -)
expect "one of a newer program is refused" 'written by a newer minik' in_node n1 "$MINIK" restore $(dirs n1) "$T/newer.tgz"
up n1
check "... and what was there is untouched by both" k get cm goes-on
down n1
killed_restore() {
	local i
	for i in $(seq 1 $((loops * 4))); do
		in_node_exec n1 "$MINIK" restore $(dirs n1) "$T/keys.tgz" >"$T/restore.log" 2>&1 &
		local p=$!
		sleep "0.0$((RANDOM % 10))$((RANDOM % 10))" # anywhere within it
		kill_own -9 $p; wait $p 2>/dev/null
		[ -f "$DB" ] && [ -f "$D/server/tls/ca.crt" ] && [ -f "$KEYS" ] && [ -f "$D/server/backups/one" ] || { echo "after kill $i:"; find "$D" -maxdepth 3; return 1; }
		sqlite3 "file:$DB?mode=ro" 'PRAGMA quick_check' | grep -qx ok || return 1
	done
}
check "a restore that is killed leaves the old state or the new one, whole" killed_restore
check "... the next one goes through" in_node n1 "$MINIK" restore $(dirs n1) "$T/keys.tgz"
up n1
check "... and all is there" all_read n1 39
down n1
touch "$D/restore.pending"
expect "a restore that was broken off half-way keeps the server from starting" 'restore was broken off' in_node n1 timeout 20 "$MINIK" server $(minik_flags n1) --write-kubeconfig "$T/kubeconfig-n1" --disable-agent
expect "... check-config says so" '^FAIL a restore was broken off' in_node n1 "$MINIK" check-config $(minik_flags n1) --disable-agent
check "... until another went through" in_node n1 "$MINIK" restore $(dirs n1) "$T/keys.tgz"
[ ! -e "$D/restore.pending" ] && ok "... which takes the mark away" || not_ok "... which takes the mark away"
mkdir "$T/small" && in_node n1 mount -t tmpfs -o size=16k tmpfs "$T/small"
up n1
expect "a backup to a full disk fails" 'No space left' back "$T/small/b.tgz"
[ -z "$(in_node n1 ls "$T/small")" ] && ok "... and leaves nothing" || not_ok "... and leaves nothing" "$(in_node n1 ls -la "$T/small")"
in_node n1 umount "$T/small"
expect "... also through a pipe" 'No space left|rite' sh -c "nsenter --target $node_pid_n1 --net --mount -- '$MINIK' backup $(dirs n1) - >/dev/full"
check "disable" enc n1 disable
[ "$(of n1 active)$(of n1 old)" = 00 ] && ok "... all is plain again" || not_ok "... all is plain again" "$(enc n1 status)"
check "... and read" all_read n1 39
down n1

# --- etcd, two servers ---
command -v etcd >/dev/null || { skip "on etcd" "no etcd (Debian's package etcd-server)"; exit $lib_failed; }
E=http://192.168.77.254:2379
etcd --data-dir "$T/etcd" --listen-client-urls $E --advertise-client-urls $E --listen-peer-urls http://127.0.0.1:2380 \
	--initial-advertise-peer-urls http://127.0.0.1:2380 --initial-cluster default=http://127.0.0.1:2380 --log-level error >>"$T/etcd.log" 2>&1 &
lib_pids="$lib_pids $!"
eventually 20 curl -sf $E/health >/dev/null || { not_ok "etcd starts" "$(cat "$T/etcd.log")"; exit 1; }
DS="--datastore-endpoint $E --token shared"
rm -rf "$T/n1/data" "$T/n1/run" "$T/n2/data" "$T/n2/run"
in_etcd() { ETCDCTL_API=3 etcdctl --endpoints $E get --prefix /minik/registry/secrets/ | grep -acF -e $WORD -e "$B64"; }
up n1 $DS
secrets n1 1 20
[ "$(in_etcd)" -gt 0 ] && ok "in etcd Secrets lie as they are" || not_ok "in etcd Secrets lie as they are"
KUBECONFIG=$T/kubeconfig-n1 in_node_exec n1 "$KUBECTL" get secrets -w --output-watch-events -o 'jsonpath={.type} {.object.metadata.name} {.object.data.word}{"\n"}' >"$T/watched" 2>&1 &
watcher=$!; lib_pids="$lib_pids $watcher"
eventually 10 grep -q s20 "$T/watched"
check "enable" enc n1 enable
expect "... nothing of them is left in etcd's present" '^0$' in_etcd
check "... kubectl reads them" all_read n1 20
all_modified() { [ "$(grep -cE "MODIFIED s[0-9]+ $B64" "$T/watched")" -ge 20 ]; }
check "... a watch saw each written once more, and readable" eventually 10 all_modified || cat "$T/watched"
kill $watcher
up n2 $DS --secrets-encryption
KEYS2=$T/n2/data/server/cred/secrets-keys.json
[ ! -e "$KEYS2" ] && ok "a second server makes no keys of its own" || not_ok "a second server makes no keys of its own"
expect "... and says what is missing" 'file with their keys is missing: put it back .from another server' cat "$T/n2/server.log"
expect "... for each Secret" 'sealed with key' at n2 get secrets
expect "... and writes none" 'keys are missing' at n2 create secret generic new
check "... all else it does" at n2 create cm works2
mkdir -p "$(dirname "$KEYS2")" && cp -p "$KEYS" "$KEYS2"
check "with the file it reads all, without a restart" eventually 10 all_read n2 20
check "... and writes" at n2 create secret generic second --from-literal=word=$WORD
expect "... what the first one reads" "^$B64\$" k get secret second -o 'jsonpath={.data.word}'
expect "... sealed" '^0$' in_etcd
expect "rotate-keys wants the others to have the key first" '2 servers share this datastore.*prepare' enc n1 rotate-keys
both() { cp -p "$KEYS" "$KEYS2" && enc n2 reload; }
check "prepare, copy and reload" sh -c "$(declare -f enc in_node dirs both); T='$T' MINIK='$MINIK' KEYS='$KEYS' KEYS2='$KEYS2' node_pid_n1=$node_pid_n1 node_pid_n2=$node_pid_n2; enc n1 prepare && both"
check "rotate, copy and reload" sh -c "$(declare -f enc in_node dirs both); T='$T' MINIK='$MINIK' KEYS='$KEYS' KEYS2='$KEYS2' node_pid_n1=$node_pid_n1 node_pid_n2=$node_pid_n2; enc n1 rotate && both"
check "reencrypt" enc n1 reencrypt
expect "... nothing is on the old key" '^0$' of n1 old
check "... both read all" sh -c "$(declare -f at in_node all_read); T='$T' KUBECTL='$KUBECTL' LABEL=$LABEL B64=$B64 node_pid_n1=$node_pid_n1 node_pid_n2=$node_pid_n2; all_read n1 20 && all_read n2 20"
check "prune-keys" enc n1 prune-keys
expect "... one is left" '^1$' state n1 '.keys | length'
# The other has an older file now: it is told, not confused.
enc n1 prepare >/dev/null; enc n1 rotate >/dev/null
at n2 get --raw "/api/v1/namespaces/default/secrets?watch=1&timeoutSeconds=30" >"$T/raw" 2>&1 &
watcher=$!; lib_pids="$lib_pids $watcher"
eventually 10 grep -q '"name":"s20"' "$T/raw"
k create secret generic newest --from-literal=word=$WORD >/dev/null
expect "a value with a key that a server does not have" 'sealed with' at n2 get secret newest
check "... others it reads" at n2 get secret s7
check "... and it lives" at n2 get cm works2
both >/dev/null
check "... with the file it reads that one too" eventually 5 at n2 get secret newest
wait $watcher
expect "... a watch that came to it ended, and says why" '"type":"ERROR".*InternalError|"type":"ERROR".*sealed' tail -1 "$T/raw"
down n2
eloops() {
	local i
	for i in $(seq 1 $loops); do
		(for _ in 1 2 3; do enc n1 rotate-keys || enc n1 prune-keys; done >/dev/null 2>&1) &
		local r=$!
		sleep "0.$((RANDOM % 6))$((RANDOM % 10))"
		down n1 -9
		wait $r
		up n1 $DS
		all_read n1 20 && [ "$(of n1 plain)" = 0 ] && [ "$(of n1 missing)" = 0 ] || { enc n1 status; return 1; }
		enc n1 prune-keys >/dev/null || return 1
	done
}
k delete lease -n kube-system -l minik.io/component=apiserver >/dev/null # the second one is gone for good
check "killed $loops times within rotations: every Secret opens" eloops
check "a backup of it" in_node n1 "$MINIK" backup $(dirs n1) --datastore-endpoint $E "$T/etcd.tgz"
rm -rf "$T/look"; mkdir "$T/look" && tar xzf "$T/etcd.tgz" -C "$T/look"
check "... holds sealed values" none_found "$T/look"
cp -p "$KEYS" "$T/keys"
down n1
rm -rf "$T/n2/data" "$T/n2/run"; mkdir -p "$T/n2/data/server/cred"; cp -p "$T/keys" "$T/n2/data/server/cred/secrets-keys.json"
check "it moves to SQLite" n2 "$T/etcd.tgz"
up n2
check "... and is read there" all_read n2 20
expect "... still sealed" '^0$' of n2 plain
exit $lib_failed
