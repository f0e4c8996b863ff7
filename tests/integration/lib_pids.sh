# Sourced by lib.sh, and by scripts that do without it.
# kill_own [-SIGNAL] PID...: those that are children of this shell, still. A shell reaps what ends in the background at once, and the number may be another process' by then, of another
# script too: with pid_max 32768 and two scripts side by side that takes minutes. Those that have ended are left alone, which is no failure.
kill_own() {
	local signal=-TERM p stat
	case ${1:-} in -*) signal=$1; shift ;; esac
	for p; do
		{ read -r stat <"/proc/$p/stat"; } 2>/dev/null || continue
		stat=${stat##*) } stat=${stat#* } # the state, then the parent
		case ${stat%% *} in "$$" | "${BASHPID:-$$}") kill "$signal" "$p" 2>/dev/null ;; esac
	done
	return 0
}
