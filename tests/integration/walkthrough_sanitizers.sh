#!/bin/bash
# The walkthrough with minik built with ASan and UBSan: no report anywhere.
export MINIK=${MINIK_ASAN_BUILD:-$(dirname "$0")/../../build-asan}/minik
[ -x "$MINIK" ] || { echo "there is no build with sanitizers" >&2; exit 77; }
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:log_to_syslog=0 UBSAN_OPTIONS=print_stacktrace=1
exec "$(dirname "$0")/walkthrough.sh"
