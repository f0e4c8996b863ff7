#!/bin/bash
# The Service proxy's scripts on Debian's kernel, by IPVS (lib-proxy.sh).
PROXY_MODE=ipvs
. "$(dirname "$0")/lib-proxy.sh"
