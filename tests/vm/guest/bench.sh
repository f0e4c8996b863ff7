# Sourced as a script of lib-proxy.sh's guest: bench_proxy in this mode, then requests a second beside straight to the pod.
[ -n "${IN_NETNS:-}" ] || IN_NETNS=1 exec unshare -n -m bash "$0" "$@"
ip link set lo up
/bin/bench_proxy "$PROXY_MODE" "$BULK"
RPS_SERVICES=$BULK RPS_THREADS=2 RPS_ROUNDS=${RPS_ROUNDS:-9} RPS_MS=400 exec bash /proxy_rps.sh /build "$PROXY_MODE"
