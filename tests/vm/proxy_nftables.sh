#!/bin/bash
# The Service proxy's scripts on Debian's kernel, by nftables (lib-proxy.sh).
PROXY_MODE=nftables
. "$(dirname "$0")/lib-proxy.sh"
