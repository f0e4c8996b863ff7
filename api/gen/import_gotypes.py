#!/usr/bin/env python3
"""Writes facts/gotypes.txt from the Go source of Kubernetes' types:

    import_gotypes.py FACTS_DIR API_DIR APIMACHINERY_DIR APIEXTENSIONS_DIR AGGREGATOR_DIR

Scalars, lists and maps whose type has a name of its own in Go: messages about values of a wrong type tell it.
"""
import sys

import facts
from import_omitted import go_fields, read_structs


def main(path, *sources):
    types, _ = facts.read_types(path)
    fields, named = read_structs(*sources)
    found = {}
    for t in types:
        for go, json_name, _ in go_fields(fields, t):
            if json_name not in types[t]:
                continue
            shown = go.lstrip("*")
            outer = "[]" if shown.startswith("[]") else ""
            inner = shown[len(outer):].lstrip("*")
            package, _, name = inner.rpartition(".")
            version = package or t.split(".")[-2]
            if (package == "types" and name == "UID") or (package in ("", "v1") and (t.rpartition(".")[0] if not package else "io.k8s.api.core.v1", name) in named):
                found.setdefault(t, []).append("%s %s%s.%s" % (json_name, outer, version, name))
    facts.write(path, "gotypes", "Names of Go types that are no structs, as messages tell them.", found)


if __name__ == "__main__":
    main(*sys.argv[1:])
