#!/usr/bin/env python3
"""Writes facts/marks.txt from the OpenAPI v3 documents of a Kubernetes API server:

    import_marks.py FACTS_DIR DOCUMENT...

What schemas say beside structure and lists: enumerations, unions, and defaults that do not follow from a field's type.
"""
import json
import sys

ZERO = ({}, "", 0, False)


def plain(s):
    """A schema without the allOf that stands around a lone $ref."""
    return {**s, **s["allOf"][0]} if len(s.get("allOf", [])) == 1 else s


def main(facts, documents):
    types, always, cur = {}, set(), None
    for line in open(facts + "/types.txt"):
        if line.startswith("type "):
            cur = types[line.split()[1]] = set()
        elif line.startswith("\t"):
            cur.add(line.split()[0].rstrip("!"))
    for line in open(facts + "/always.txt"):
        if line.startswith("\t"):
            always.add((cur, line.strip()))
        else:
            cur = line.strip()
    marks = {}
    for d in documents:
        for name, schema in json.load(open(d)).get("components", {}).get("schemas", {}).items():
            if name not in types:
                continue
            out = marks.setdefault(name, {})
            if "x-kubernetes-unions" in schema:
                out["x-kubernetes-unions"] = schema["x-kubernetes-unions"]
            for field, p in schema.get("properties", {}).items():
                p, at = plain(p), "properties/" + field
                if field not in types[name]:
                    continue
                for below in ("", "/items", "/additionalProperties"):
                    s = plain(p.get(below[1:], {}) if below else p)
                    if isinstance(s, dict) and "enum" in s:
                        out[at + below + "/enum"] = s["enum"]
                for key, odd in (("x-kubernetes-map-type", "granular"), ("x-kubernetes-patch-strategy", "replace")):
                    if p.get(key) == odd:
                        out[at + "/" + key] = odd
                if "x-kubernetes-list-type" in p and p.get("type") != "array":
                    out[at + "/x-kubernetes-list-type"] = p["x-kubernetes-list-type"]
                if "default" in p and not ((name, field) in always and p["default"] in ZERO):
                    out[at + "/default"] = p["default"]
    with open(facts + "/marks.txt", "w") as f:
        f.write("# What schemas say beside structure: path in the schema, value. Made by gen/import_marks.py.\n")
        for name in sorted(marks):
            if marks[name]:
                f.write(name + "\n")
                for path in sorted(marks[name]):
                    f.write("\t%s %s\n" % (path, json.dumps(marks[name][path], separators=(",", ":"))))


main(sys.argv[1], sys.argv[2:])
