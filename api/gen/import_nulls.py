#!/usr/bin/env python3
"""Writes facts/nulls.txt from the Go source of Kubernetes' types:

    import_nulls.py FACTS_DIR API_DIR APIMACHINERY_DIR APIEXTENSIONS_DIR AGGREGATOR_DIR

Pointers, lists, maps and times that are written even when there is nothing in them: whoever writes such an object owns them as null.
"""
import sys

from import_omitted import go_fields, read_types


def writes_null(go, options):
    """Times are structs, which omitempty does not leave out."""
    if go.split(".")[-1] in ("Time", "MicroTime") and not go.startswith(("*", "[]", "map[")):
        return "omitzero" not in options
    return "omit" not in options and go.startswith(("*", "[]", "map["))


def main(facts, *sources):
    types, _, structs, _ = read_types(facts, *sources)
    with open(facts + "/nulls.txt", "w") as f:
        f.write("# Fields that are null when they are empty, and not left out. Made by gen/import_nulls.py.\n")
        for t in sorted(types):
            names = [name for go, name, options in go_fields(structs, t) if types[t].get(name) and writes_null(go, options)]
            if names:
                f.write(t + "\n" + "".join("\t%s\n" % n for n in sorted(names)))


if __name__ == "__main__":
    main(*sys.argv[1:])
