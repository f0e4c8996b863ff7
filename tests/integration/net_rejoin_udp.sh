#!/bin/bash
# net_rejoin.sh by the udp backend, with both families.
# CALM: it measures how long changes take.
REJOIN=udp exec "$(dirname "$0")/net_rejoin.sh" "$@"
