#!/usr/bin/env python3
"""Writes facts/gotypes.txt from the Go source of Kubernetes' types:

    import_gotypes.py FACTS_DIR API_DIR APIMACHINERY_DIR APIEXTENSIONS_DIR AGGREGATOR_DIR

Scalars, lists and maps whose type has a name of its own in Go: messages about values of a wrong type tell it.
"""
import sys

import re

from import_omitted import go_fields, read_types

CORE = "io.k8s.api.core.v1"


def qualified(go, owner, named):
    """A Go type as messages tell it, if it has a name of its own and is no struct; else None."""
    package, _, name = go.lstrip("*").rpartition(".")
    if package == "types" and name == "UID" or package == "metav1" and name == "Time":
        return ("v1" if name == "Time" else package) + "." + name
    at = owner.rpartition(".")[0] if not package else CORE if package in ("v1", "corev1", "apiv1") else None
    return "%s.%s" % (at.rpartition(".")[2], name) if (at, name) in named else None


def main(facts, *sources):
    types, kinds, fields, named = read_types(facts, *sources)
    with open(facts + "/gotypes.txt", "w") as f:
        f.write("# Names of Go types that are no structs, as messages tell them. Made by gen/import_gotypes.py.\n")
        for t in sorted(types):
            lines = []
            for go, json_name, _ in go_fields(fields, t):
                if json_name not in types[t]:
                    continue
                go = go.lstrip("*")
                of = re.fullmatch(r"map\[(.*?)\](.*)", go)
                if of:
                    key, value = (qualified(x, t, named) for x in of.groups())
                    shown = "map[%s]%s" % (key or of.group(1), value or of.group(2)) if kinds.get(types[t][json_name][4:], "scalar") != "object" and (key or value) else None
                else:
                    outer = "[]" if go.startswith("[]") else ""
                    name = qualified(go[len(outer):], t, named) if not go.endswith("metav1.Time") else None
                    shown = name and outer + name
                if shown:
                    lines.append("\t%s %s\n" % (json_name, shown))
            if lines:
                f.write(t + "\n" + "".join(sorted(lines)))


if __name__ == "__main__":
    main(*sys.argv[1:])
