# Sourced as a script of proxy.sh's guest: bench_proxy in this mode.
[ -n "${IN_NETNS:-}" ] || IN_NETNS=1 exec unshare -n bash "$0" "$@"
ip link set lo up
exec /bin/bench_proxy "$PROXY_MODE" "$BULK"
