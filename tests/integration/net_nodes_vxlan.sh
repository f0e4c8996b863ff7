#!/bin/sh
# net_nodes.sh over vxlan.
exec "$(dirname "$0")/net_nodes.sh" "${1:-${MINIK_BUILD:-build}}" vxlan
