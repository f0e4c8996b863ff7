#!/usr/bin/env python3
"""Writes facts/nulls.txt from the Go source of Kubernetes' types:

    import_nulls.py FACTS_DIR API_DIR APIMACHINERY_DIR APIEXTENSIONS_DIR AGGREGATOR_DIR

Pointers, lists, maps and times that are written even when there is nothing in them: whoever writes such an object owns them as null.
"""
import sys

import facts
from import_omitted import go_fields, read_structs


def writes_null(go, options):
    """Times are structs, which omitempty does not leave out."""
    if go.split(".")[-1] in ("Time", "MicroTime") and not go.startswith(("*", "[]", "map[")):
        return "omitzero" not in options
    return "omit" not in options and go.startswith(("*", "[]", "map["))


def main(path, *sources):
    types, _ = facts.read_types(path)
    structs, _ = read_structs(*sources)
    nulls = {t: [name for go, name, options in go_fields(structs, t) if types[t].get(name) and writes_null(go, options)] for t in types}
    facts.write(path, "nulls", "Fields that are null when they are empty, and not left out.", nulls)


if __name__ == "__main__":
    main(*sys.argv[1:])
