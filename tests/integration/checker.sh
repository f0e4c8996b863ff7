#!/bin/bash
# kill -9 of the API server during 10,000 writes, again and again (tests/fault/checker.c); and the same with bugs planted on
# purpose, which must be found.
. "$(dirname "$0")/lib.sh"
B=${MINIK_BUILD:-$MINIK_TOP/build}
make -s -C "$B" tests/fault/checker tests/integration/apiserver_main tests/integration/faulty_main >&2 || skip_all "the checker cannot be built"
enter_sandbox "$@"
rounds=10
[ "${MINIK_SOAK:-0}" = 1 ] && rounds=200

mkdir "$T/real"
if "$B/tests/fault/checker" "$T/real" $rounds 10000 "$B/tests/integration/apiserver_main" >"$T/out" 2>"$T/err"; then
	ok "$rounds times kill -9 during 10,000 writes: $(tail -1 "$T/out")"
	sed 's/^/    /' "$T/out" >&2
else
	not_ok "$rounds times kill -9 during 10,000 writes" "$(cat "$T/out"; grep -v level= "$T/err")"
fi
# With a history so short that every kill comes in a compaction, or while the file shrinks; and what is left of it fits together.
mkdir "$T/short"
if MINIK_TEST_STORE=1,100,65536 "$B/tests/fault/checker" "$T/short" $rounds 10000 "$B/tests/integration/apiserver_main" >"$T/out" 2>"$T/err"; then
	ok "and while it compacts and gives space back all the time: $(tail -1 "$T/out")"
	if command -v sqlite3 >/dev/null; then
		db=$T/short/data/state.db
		expect "the file is intact" '^ok$' sqlite3 "$db" 'PRAGMA integrity_check'
		expect "every change has its predecessor" '^0$' sqlite3 "$db" "SELECT count(*) FROM log a WHERE prev<>0 AND
			id>(SELECT v FROM meta WHERE k='swept') AND NOT EXISTS(SELECT 1 FROM log b WHERE b.id=a.prev)"
		expect "and little is left of $rounds rounds" '^1$' sqlite3 "$db" 'SELECT count(*) < 20000 FROM log'
	else
		skip "what is left of it" "sqlite3 is not installed"
	fi
else
	not_ok "and while it compacts and gives space back all the time" "$(cat "$T/out"; grep -v level= "$T/err")"
fi
for bug in late missed swapped stale; do
	mkdir "$T/$bug"
	# It ends with the first violation; a bug that shows by chance has many rounds to do so.
	if MINIK_PLANT=$bug timeout 300 "$B/tests/fault/checker" "$T/$bug" 20 4000 "$B/tests/integration/faulty_main" >"$T/out" 2>"$T/err"; then
		not_ok "the checker finds a planted bug: $bug" "$(cat "$T/out")"
	elif grep -q '^violation:' "$T/err"; then
		ok "the checker finds a planted bug: $bug"
		grep '^violation:' "$T/err" | head -1 | sed 's/^/    /' >&2
	else
		not_ok "the checker finds a planted bug: $bug" "$(grep -v level= "$T/err")"
	fi
done
