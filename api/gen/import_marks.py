#!/usr/bin/env python3
"""Writes facts/marks.txt from the OpenAPI v3 documents of a Kubernetes API server:

    import_marks.py FACTS_DIR DOCUMENT...

What schemas say beside structure and lists: enumerations, unions, and defaults that do not follow from a field's type.
"""
import json
import sys

import facts

ZERO = ({}, "", 0, False)


def plain(s):
    """A schema without the allOf that stands around a lone $ref."""
    return {**s, **s["allOf"][0]} if len(s.get("allOf", [])) == 1 else s


def main(path, documents):
    types, _ = facts.read_types(path)
    always = set(facts.read_fields(path + "/always.txt"))
    marks = {}
    for name, schema in facts.schemas(documents):
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
    facts.write(path, "marks", "What schemas say beside structure: path in the schema, value.",
                {name: ["%s %s" % (k, json.dumps(v, separators=(",", ":"))) for k, v in out.items()] for name, out in marks.items()})


main(sys.argv[1], sys.argv[2:])
