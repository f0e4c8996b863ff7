#!/bin/sh
# net_nodes.sh over the udp backend.
# CALM: it measures how long packets and changes take.
exec "$(dirname "$0")/net_nodes.sh" "${1:-${MINIK_BUILD:-build}}" udp
