#!/usr/bin/env python3
"""Writes facts/omitted.txt from the Go source of Kubernetes' types:

    import_omitted.py FACTS_DIR API_DIR APIMACHINERY_DIR APIEXTENSIONS_DIR AGGREGATOR_DIR

A field that is no pointer and marked omitempty is not there when it is empty: "", 0, false, an empty list or map. What a client wrote so is gone after decoding.
"""
import glob
import os
import re
import sys

import facts

STRUCT = re.compile(r"^type (\w+) struct \{")
# Lists that ask for something when they are empty: no policies, which is refused; managers forgotten.
KEPT = {("io.k8s.api.autoscaling.v2.HPAScalingRules", "policies"), ("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "managedFields")}
FIELD = re.compile(r"^\t(?:(\w+)\s+)?([\w.\[\]*]+)\s+`[^`]*json:\"([\w$-]*)((?:,\w+)*)\"")


NAMED = re.compile(r"^(?:type )?\t?(\w+) (?:string|bool|int32|int64|float64|\[\]\w+|map\[\w+\]\S+)$")


def read_structs(api, machinery, extensions, aggregator):
    """Structs by (package, name); the names of types that are no structs."""
    sources = [("io.k8s.api.%s.%s" % tuple(os.path.dirname(p).split("/")[-2:]), p) for p in glob.glob(api + "/*/*/types*.go")]
    sources += [("io.k8s.apimachinery.pkg.apis.meta.v1", p) for p in glob.glob(machinery + "/pkg/apis/meta/v1/*.go")]
    sources += [("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1", p) for p in glob.glob(extensions + "/pkg/apis/apiextensions/v1/types*.go")]
    sources += [("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1", p) for p in glob.glob(aggregator + "/pkg/apis/apiregistration/v1/types.go")]
    structs, named = {}, set()
    for package, path in sources:
        cur = None
        for line in open(path):
            m = STRUCT.match(line)
            if m:
                cur = structs.setdefault((package, m.group(1)), [])
            elif line.startswith("}"):
                cur = None
            m = FIELD.match(line)
            if cur is not None and m:
                cur.append((m.group(2), m.group(3), m.group(4)))
            m = NAMED.match(line.split("//")[0].rstrip())
            if cur is None and m and line.startswith("type "):
                named.add((package, m.group(1)))
    return structs, named


def go_fields(structs, t):
    """(Go type, name, options) of a type's fields, those of embedded structs too."""
    package, _, name = t.rpartition(".")
    for go, json_name, options in structs.get((package, name), []):
        if not json_name and "inline" in options:
            yield from go_fields(structs, package + "." + go.split(".")[-1].lstrip("*"))
        else:
            yield go, json_name, options


def main(path, *sources):
    types, kinds = facts.read_types(path)
    structs, _ = read_structs(*sources)
    left_out = {}
    for t in types:
        for go, json_name, options in go_fields(structs, t):
            ft = types[t].get(json_name)
            if not ft or go.startswith("*") or ("omitempty" not in options and "omitzero" not in options) or (t, json_name) in KEPT:
                continue
            if kinds.get(ft, ft) in ("string", "bool", "int32", "int64", "double", "bytes") or ft.startswith(("[]", "map:")):
                left_out.setdefault(t, []).append(json_name)
    facts.write(path, "omitted", "Fields that are left out when they are empty.", left_out)


if __name__ == "__main__":
    main(*sys.argv[1:])
