"""The files of facts/ as the import_*.py scripts read and write them: under each type's name its fields, one a line, behind a tab."""
import json


def read_types(facts):
    """Of types.txt: {type: {field: its type}}, and {type: its kind}, "object" for what has fields."""
    types, kinds, cur = {}, {}, None
    for line in open(facts + "/types.txt"):
        w = line.split()
        if line.startswith("type "):
            cur = types[w[1]] = {}
            scalar = [x for x in w[2:] if x != "atomic" and "=" not in x]
            kinds[w[1]] = scalar[0] if scalar else "object"
        elif line.startswith("\t"):
            cur[w[0].rstrip("!")] = w[1]
    return types, kinds


def read_fields(path):
    """(type, field) of a file that has nothing but names."""
    cur = None
    for line in open(path):
        if line.startswith("\t"):
            yield cur, line.strip()
        elif not line.startswith("#"):
            cur = line.strip()


def schemas(documents):
    """(type, schema) of OpenAPI v3 documents."""
    for d in documents:
        yield from json.load(open(d)).get("components", {}).get("schemas", {}).items()


def write(facts, name, what, by_type):
    """by_type: {type: lines}, written in order; types without any are left out."""
    with open(facts + "/" + name + ".txt", "w") as f:
        f.write("# %s Made by gen/import_%s.py.\n" % (what, name))
        for t in sorted(by_type):
            if by_type[t]:
                f.write(t + "\n" + "".join("\t%s\n" % line for line in sorted(by_type[t])))
