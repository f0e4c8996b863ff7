#!/usr/bin/env python3
"""Writes facts/omitted.txt from Kubernetes' Go sources:

    import_omitted.py FACTS_DIR NAME=FOLDER...

NAME is what types of the folder's *.go files are called by before their own name, as in "io.k8s.api.core.v1". A field that is no pointer and has
omitempty is left out when it is empty: whoever writes false, 0, "", [] or {} there finds it absent.
"""
import glob
import re
import sys

STRUCT = re.compile(r"^type (\w+) struct \{(.*?)^\}", re.S | re.M)
FIELD = re.compile(r"^\s*(?:(\w+)\s+)?(\S+)\s+`[^`]*json:\"([^\"]*)\"[^`]*`", re.M)
# An empty list asks for something.
KEPT = {("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "managedFields")}
EMPTY = {"string", "bool", "int32", "int64", "double", "bytes"}


def main(facts, folders):
    types, cur = {}, None
    for line in open(facts + "/types.txt"):
        if line.startswith("type "):
            cur = types[line.split()[1]] = {}
        elif line.startswith("\t"):
            w = line.split()
            cur[w[0].rstrip("!")] = w[1]
    found = set()
    for arg in folders:
        name, folder = arg.split("=")
        structs = {}
        for path in glob.glob(folder + "/*.go"):
            if not path.endswith("_test.go"):
                for struct, body in STRUCT.findall(open(path).read()):
                    structs[struct] = FIELD.findall(re.sub(r"//.*", "", body))

        def fields(struct):
            for go, of, tag in structs.get(struct, []):
                if tag.startswith(",inline"):
                    yield from fields(of.split(".")[-1])
                else:
                    yield of, tag.split(",")

        for struct in structs:
            full = name + "." + struct
            for of, (field, *options) in fields(struct):
                expr = types.get(full, {}).get(field)
                if expr and "omitempty" in options and of[0] != "*" and (expr in EMPTY or expr.startswith(("[]", "map:"))) and (full, field) not in KEPT:
                    found.add((full, field))
    with open(facts + "/omitted.txt", "w") as f:
        f.write("# Fields that are left out when they are empty. Made by gen/import_omitted.py.\n")
        last = None
        for name, field in sorted(found):
            if name != last:
                f.write(name + "\n")
            f.write("\t" + field + "\n")
            last = name


main(sys.argv[1], sys.argv[2:])
