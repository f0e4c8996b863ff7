#!/bin/bash
# The generated type tables are what the facts give.
cd "$(dirname "$0")/../.." || exit 1
command -v python3 >/dev/null || { echo "skipped: no python3 to run api/gen/gen.py"; exit 77; }
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
python3 api/gen/gen.py api/facts "$tmp" >/dev/null || exit 1
for f in tables_gen.h tables_types_gen.c tables_resources_gen.c; do
	cmp "$tmp/$f" "api/$f" || { echo "run: cd api && python3 gen/gen.py facts ."; exit 1; }
done
echo "3 files as generated"
