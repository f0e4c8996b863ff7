#!/usr/bin/env python3
"""Writes facts/gotypes.txt from the Go source of Kubernetes' types:

    import_gotypes.py FACTS_DIR API_DIR APIMACHINERY_DIR APIEXTENSIONS_DIR AGGREGATOR_DIR

Scalars, lists and maps whose type has a name of its own in Go: messages about values of a wrong type tell it.
"""
import sys

from import_omitted import go_fields, read_types


def main(facts, *sources):
    types, kinds, fields, named = read_types(facts, *sources)
    with open(facts + "/gotypes.txt", "w") as f:
        f.write("# Names of Go types that are no structs, as messages tell them. Made by gen/import_gotypes.py.\n")
        for t in sorted(types):
            lines = []
            for go, json_name, _ in go_fields(fields, t):
                if json_name not in types[t]:
                    continue
                shown = go.lstrip("*")
                outer = "[]" if shown.startswith("[]") else ""
                inner = shown[len(outer):].lstrip("*")
                package, _, name = inner.rpartition(".")
                version = package or t.split(".")[-2]
                if (package == "types" and name == "UID") or (package in ("", "v1") and (t.rpartition(".")[0] if not package else "io.k8s.api.core.v1", name) in named):
                    lines.append("\t%s %s%s.%s\n" % (json_name, outer, version, name))
            if lines:
                f.write(t + "\n" + "".join(sorted(lines)))


if __name__ == "__main__":
    main(*sys.argv[1:])
