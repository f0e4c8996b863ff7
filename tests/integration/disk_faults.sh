#!/bin/bash
# What an API server does when its disk fails it: full, read-only, corrupt, slow, torn. The client gets a clear error, what was
# acknowledged stays, the server stays up and goes on when the disk is well again.
# ALONE: a read must come while a write waits for a slow disk.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
make -s -C "$B" tests/integration/apiserver_main >&2 || skip_all "apiserver_main cannot be built"
for tool in mke2fs sqlite3 curl jq; do command -v $tool >/dev/null || skip_all "$tool is not installed"; done
enter_sandbox "$@"
D=$T/d
mkdir "$D"

start() { # start [PRELOAD]
	: >"$T/out" # not the word of the one before
	LD_PRELOAD=${1:-} "$B/tests/integration/apiserver_main" "$D" 16443 >"$T/out" 2>>"$T/log" &
	pid=$!
	lib_pids="$lib_pids $pid"
	until grep -q ready "$T/out"; do kill -0 $pid 2>/dev/null || return 1; sleep 0.02; done
	[ -e "$T/ca.pem" ] && return
	for f in certificate-authority:ca client-certificate:crt client-key:key; do
		sed -n "s/^ *${f%:*}-data: //p" "$D/admin.kubeconfig" | base64 -d >"$T/${f#*:}.pem"
	done
}
stop() { kill "${1:--TERM}" $pid; wait $pid 2>/dev/null; }
# call METHOD PATH [BODY]: the answer in $T/answer, its status in $code
call() {
	code=$(curl -s -m 20 -o "$T/answer" -w '%{http_code}' --cacert "$T/ca.pem" --cert "$T/crt.pem" --key "$T/key.pem" \
		-H 'Content-Type: application/json' -X "$1" ${3:+--data-binary "$3"} "https://127.0.0.1:16443$2")
}
maps=/api/v1/namespaces/default/configmaps
pad=$(head -c 20000 /dev/zero | tr '\0' x)
create() { call POST $maps "{\"metadata\":{\"name\":\"$1\"},\"data\":{\"v\":\"$1\",\"pad\":\"$pad\"}}"; }
has() { call GET "$maps/$1"; [ "$code" = 200 ] && [ "$(jq -r .data.v "$T/answer")" = "$1" ]; }
# refused NAME STATUS REASON WORDS: the last answer was that Status
refused() {
	if [ "$code" = "$2" ] && jq -e --arg r "$3" --arg w "$4" '.kind == "Status" and .status == "Failure" and .reason == $r and (.message | test($w))' "$T/answer" >/dev/null; then
		ok "$1"
	else
		not_ok "$1" "status $code (wanted $2, $3, $4): $(head -c 500 "$T/answer")"
	fi
}

# --- a full file system: ext4 of 16 MB in a file ---
truncate -s 16M "$T/fs" && mke2fs -q -t ext4 -m 0 "$T/fs" && mount -o loop "$T/fs" "$D" 2>"$T/mount.err" ||
	{ skip "a full disk" "no loop devices here: $(cat "$T/mount.err"); a tmpfs instead"; mount -t tmpfs -o size=16m tmpfs "$D" || exit 1; }
start || { not_ok "the server starts" "$(cat "$T/log")"; exit 1; }
create before
check "a write while there is room" [ "$code" = 201 ]
fill=$(($(df --output=avail -B1024 "$D" | tail -1) - 300))
head -c "${fill}K" /dev/zero >"$D/ballast"
n=0
while [ $n -lt 200 ] && create "full-$n" && [ "$code" = 201 ]; do n=$((n + 1)); done
refused "a full disk is said to the client" 507 InsufficientStorage 'no space left'
check "and what was there before is there" has before
check "and the last write before it as well" has "full-$((n - 1))"
call GET "$maps/full-$n"
check "and the refused one is not" [ "$code" = 404 ]
call PUT /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/none '{}'
check "the server still answers" [ "$code" -ge 400 ]
rm "$D/ballast"
create "full-$n"
check "it goes on when there is room again" [ "$code" = 201 ]
stop -KILL
start || not_ok "it starts again" "$(tail -3 "$T/log")"
check "after kill -9 nothing acknowledged is missing" has "full-$n"
call GET "$maps"
check "and nothing else is there" [ "$(jq '[.items[] | select(.metadata.name | startswith("full-"))] | length' "$T/answer")" = $((n + 1)) ]

# --- full while history is compacted and the file shrinks: both wait, nothing is lost, and both go on ---
stop
export MINIK_TEST_STORE=1,10,262144
start || not_ok "it starts with a short history" "$(tail -3 "$T/log")"
db() { sqlite3 -cmd '.timeout 5000' "$D/state.db" "$1"; }
until_db() { # until_db SQL: says 1
	local end=$((SECONDS + 60))
	until [ "$(db "$1" 2>/dev/null)" = 1 ]; do
		[ $SECONDS -lt $end ] || { echo "not within a minute: $1" >&2; return 1; }
		sleep 0.1
	done
}
swept="SELECT (SELECT v FROM meta WHERE k='swept') = (SELECT v << 12 | 4095 FROM meta WHERE k='compacted')"
for i in $(seq 0 149); do create "many-$i"; done
check "objects of 3 MB" [ "$code" = 201 ]
pages=$(db 'PRAGMA page_count')
call DELETE "$maps/many-0"
fill=$(($(df --output=avail -B1024 "$D" | tail -1) - 100))
head -c "${fill}K" /dev/zero >"$D/ballast"
head -c 1M /dev/zero >>"$D/ballast" 2>/dev/null # the last block
deleted=0 other=
for i in $(seq 10 149); do
	call DELETE "$maps/many-$i"
	case $code in
	200) deleted=$((deleted + 1)) ;;
	507) ;;
	*) other="$other many-$i:$code" ;;
	esac
done
check "deletions on a full disk are carried out or refused ($deleted of 140 were)" [ -z "$other" ]
sleep 1.1 # history is kept for a second
for i in 1 2 3; do call DELETE "$maps/many-$i"; done # whatever comes of it: compaction is due
check "the server stays up" kill -0 $pid
kept=0
for i in 4 5 6 7 8 9; do has "many-$i" && kept=$((kept + 1)); done
check "and has what is left" [ $kept = 6 ]
rm "$D/ballast"
for i in $(seq 10 149); do
	call DELETE "$maps/many-$i"
	[ "$code" = 200 ] || [ "$code" = 404 ] || not_ok "many-$i can be deleted now" "$code $(cat "$T/answer")"
done
sleep 1.1
for i in $(seq 0 20); do create "again-$i"; done # so many events are kept
check "history is compacted when there is room again" until_db "$swept"
check "and the file shrinks" until_db "SELECT page_count < $pages / 2 FROM pragma_page_count"
stop -KILL
start || not_ok "it starts again" "$(tail -3 "$T/log")"
check "after kill -9 everything is there" has many-9 && has again-20 && has before
stop
expect "and the file is intact" '^ok$' db 'PRAGMA integrity_check'
unset MINIK_TEST_STORE
start || not_ok "it starts as it was" "$(tail -3 "$T/log")"
has before # into memory

# --- a disk that goes away under the server, as a pulled card: the file system answers everything with an I/O error ---
shutdown_fs() { python3 -c 'import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))' "$D"; } # EXT4_IOC_SHUTDOWN, without flushing its log
create last
if [ "$code" = 201 ] && shutdown_fs 2>"$T/mount.err"; then
	create nowhere
	refused "a dead disk is said to the client" 500 InternalError 'store: .*(Input/output error|disk I/O error|read-only)'
	check "what is in memory is still read" has before
	check "the server stays up" kill -0 $pid
	stop -KILL
	umount "$D" && mount -o loop "$T/fs" "$D"
	start || not_ok "it starts on the disk that is back" "$(tail -3 "$T/log")"
	check "what was acknowledged last is there" has last
else
	skip "a disk that goes away" "$(cat "$T/mount.err")"
fi

# --- read-only ---
stop
if mount -o remount,ro "$D" 2>"$T/mount.err"; then
	if start; then not_ok "a read-only file system is refused"; stop; else
		expect "a read-only file system is refused, and said" '[Rr]ead-only' tail -2 "$T/log"
	fi
	mount -o remount,rw "$D"
else
	skip "a read-only file system" "$(cat "$T/mount.err")"
fi
start || not_ok "it starts when it may write again" "$(tail -3 "$T/log")"
check "and has everything" has before

# --- slow fsync: reads do not wait for it ---
cat >"$T/slow.c" <<'C'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>
int fsync(int fd) { usleep(400000); return (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { usleep(400000); return (int)syscall(SYS_fdatasync, fd); }
C
stop
if gcc -shared -fPIC -o "$T/slow.so" "$T/slow.c" && start "$T/slow.so"; then
	(create slow) &
	writer=$!
	sleep 0.1
	t=$(date +%s%N)
	has before
	t=$((($(date +%s%N) - t) / 1000000))
	wait $writer
	check "a slow fsync holds up no reader ($t ms)" [ $t -lt 300 ]
	check "and the write comes" has slow
else
	not_ok "the server starts on a slow disk" "$(tail -3 "$T/log")"
fi
stop

# --- a torn WAL: the last frames are cut or spoilt, as after a power cut ---
start
for i in 1 2 3 4 5; do create "wal-$i"; done
stop -KILL
cp "$D/state.db-wal" "$T/wal"
size=$(stat -c %s "$T/wal")
head -c $((size - 1000)) "$T/wal" >"$D/state.db-wal"
if start; then
	ok "a torn WAL does not stop the start"
	check "what stands before the tear is there" has wal-4 || head -c 600 "$T/answer" >&2
	create wal-6
	check "and writes go on" [ "$code" = 201 ]
	stop
else
	not_ok "a torn WAL does not stop the start" "$(tail -3 "$T/log")"
fi

# --- a corrupted page: of a leaf full of values ---
cp "$D/state.db" "$T/good.db"
at=$(grep -obUa '"v":"full-3"' "$D/state.db" | tail -1 | cut -d: -f1)
head -c 4096 /dev/urandom | dd of="$D/state.db" bs=4096 seek=$((at / 4096 + 2)) conv=notrunc status=none
if start; then
	# A page of values: who asks for one of them is told, the others are served.
	bad=0 good=0 other=
	for i in $(seq 0 $n); do
		call GET "$maps/full-$i"
		case $code in
		200) good=$((good + 1)) ;;
		500) bad=$((bad + 1)) ;;
		*) other="$other full-$i:$code" ;;
		esac
	done
	check "a corrupt page is an error, never another answer ($good served, $bad refused)" [ -z "$other" ]
	create after-corruption
	check "the server stays up" kill -0 $pid || { wait $pid; echo "it ended with $?: $(tail -n 5 "$T/log")" >&2; }
	stop
else
	expect "a corrupt database is refused with what to do" 'corrupt.*restore it from a backup' tail -2 "$T/log"
fi
rm -f "$D"/state.db-*
cp "$T/good.db" "$D/state.db"

# --- formats: newer is refused, ours is taken ---
sqlite3 "$D/state.db" "PRAGMA user_version=99" >/dev/null
if start; then not_ok "a newer format is refused"; stop; else
	expect "a newer format is refused, and by name" 'newer minik .format 99' tail -2 "$T/log"
fi
sqlite3 "$D/state.db" "PRAGMA user_version=1" >/dev/null
start || not_ok "and nothing was changed by that" "$(tail -2 "$T/log")"
check "everything is there" has before
stop
umount "$D"
