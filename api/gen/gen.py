#!/usr/bin/env python3
"""Writes tables_types_gen.c, tables_resources_gen.c and tables_gen.h from facts/*.txt:

    gen.py FACTS_DIR OUT_DIR
"""
import base64
import hashlib
import json
import sys

KINDS = {"object": "API_OBJECT", "map": "API_MAP", "list": "API_ARRAY", "string": "API_STRING", "bool": "API_BOOL",
         "int32": "API_INT32", "int64": "API_INT64", "double": "API_NUMBER", "intorstring": "API_INT_OR_STRING",
         "quantity": "API_QUANTITY", "time": "API_TIME", "microtime": "API_MICROTIME", "bytes": "API_BYTES", "any": "API_ANY"}
LISTS = {"atomic": "API_LIST_ATOMIC", "set": "API_LIST_SET", "map": "API_LIST_MAP"}
PATCH = {"replace": 4, "merge": 1, "retainKeys": 2}
BITS = {v: 1 << i for i, v in enumerate(["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"])}
# Types that code names: constant -> type
NAMED = {"API_T_OBJECT_META": "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
         "API_T_LIST_META": "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta",
         "API_T_SCALE": "io.k8s.api.autoscaling.v1.Scale"}


class Strings:
    def __init__(self):
        self.off, self.size, self.parts = {"": 0}, 1, ["\0"]

    def add(self, s):
        if s not in self.off:
            self.off[s] = self.size
            self.parts.append(s + "\0")
            self.size += len(s.encode()) + 1
        return self.off[s]

    def add_list(self, items):
        """Several strings one after another and an empty one; 0 when there are none."""
        return self.add("\0".join(items) + "\0") if items else 0





def parse_types(path):
    types, cur = {}, None
    for line in open(path):
        line = line.rstrip("\n")
        if line.startswith("#") or not line:
            continue
        w = line.split()
        if not line.startswith("\t"):
            cur = types[w[1]] = {"kind": "object", "atomic": False, "gvk": "", "fields": []}
            for x in w[2:]:
                if x == "atomic":
                    cur["atomic"] = True
                elif x.startswith("gvk="):
                    cur["gvk"] = x[4:]
                else:
                    cur["kind"] = x
            continue
        f = {"name": w[0].rstrip("!"), "required": w[0].endswith("!"), "type": w[1], "num": "0", "list": "", "keys": "",
             "merge": "", "patch": "", "map": ""}
        for x in w[2:]:
            if x.startswith("#"):
                f["num"] = x[1:]
            else:
                k, v = x.split("=", 1)
                f[k] = v
        cur["fields"].append(f)
    return types


def parse_defaults(path, types):
    rules, cur = {}, None
    for line in open(path):
        line = line.rstrip("\n")
        if line.startswith("#") or not line:
            continue
        if not line.startswith("\t"):
            if "io.k8s." + line not in types:
                sys.exit("defaults: no type " + line)
            cur = rules.setdefault("io.k8s." + line, [])
            continue
        field, rest = line.strip().split(" ", 1)
        zero = field.endswith("|0")
        field = field[:-2] if zero else field
        cond = None
        for word in (" if ", " unless "):
            if word in rest:
                rest, c = rest.split(word)
                cond = (word.strip(),) + tuple(c.split("=", 1))
        t = [k for k, v in rules.items() if v is cur][0]
        if field != "-" and field not in [f["name"] for f in types[t]["fields"]]:
            sys.exit("defaults: no field %s.%s" % (t, field))
        cur.append((field, rest, cond, zero))
    return rules


def mark_fields(path, types, what):
    cur = None
    for line in open(path):
        if line.startswith("\t"):
            next(f for f in types[cur]["fields"] if f["name"] == line.strip())[what] = True
        elif not line.startswith("#"):
            cur = line.strip()


def mark_go_types(path, types):
    cur = None
    for line in open(path):
        if line.startswith("\t"):
            name, go = line.split()
            next(f for f in types[cur]["fields"] if f["name"] == name)["go"] = go
        elif not line.startswith("#"):
            cur = line.strip()


def parse_marks(path, types):
    marks, cur = [], None
    for line in open(path):
        if line.startswith("\t"):
            marks.append((cur,) + tuple(line.strip().split(" ", 1)))
        elif not line.startswith("#"):
            cur = line.strip()
            if cur not in types:
                sys.exit("marks: no type " + cur)
    return marks


def main(facts, out):
    types = parse_types(facts + "/types.txt")
    rules = parse_defaults(facts + "/defaults.txt", types)
    mark_fields(facts + "/always.txt", types, "always")
    mark_fields(facts + "/nulls.txt", types, "null")
    mark_fields(facts + "/omitted.txt", types, "omitted")
    mark_fields(facts + "/disabled.txt", types, "disabled")
    mark_go_types(facts + "/gotypes.txt", types)
    marks = parse_marks(facts + "/marks.txt", types)
    st = Strings()
    names = sorted(types)
    index = {n: i + 1 for i, n in enumerate(names)}  # node 0 is "any"
    nodes = [None] * (len(names) + 1)
    anon, fields, rule_rows, fns = {}, [], [], []

    def node(kind, name="", first=0, n=0, keys="", merge="", patch=0, list_type="atomic", atomic=False, rules=0, n_rules=0, gvk=""):
        return (KINDS[kind], "TYPE_ATOMIC" if atomic else "0", patch, LISTS[list_type], st.add(name), first, n,
                st.add_list(keys.split(",")) if keys else 0, st.add(merge), rules, n_rules, st.add(gvk))

    nodes[0] = node("any")
    for n in names:
        t = types[n]
        t["first"] = len(fields)
        fields += [(n, f) for f in t["fields"]]
        t["rules"], t["n_rules"] = len(rule_rows), len(rules.get(n, []))
        for field, value, cond, zero in rules.get(n, []):
            if value.startswith("@"):
                if value[1:] not in fns:
                    fns.append(value[1:])
                vk, vs, vi = "RULE_CODE", 0, "DEFAULT_" + value[1:].upper()
            else:
                v = json.loads(value)
                vs, vi = 0, 0
                if isinstance(v, bool):
                    vk, vi = "RULE_BOOL", int(v)
                elif isinstance(v, str):
                    vk, vs = "RULE_STRING", st.add(v)
                elif isinstance(v, int):
                    vk, vi = "RULE_INT", v
                elif v == {}:
                    vk = "RULE_OBJECT"
                else:
                    vk, vs = "RULE_JSON", st.add(json.dumps(v, separators=(",", ":")))
            ck = {None: "RULE_ALWAYS", "if": "RULE_IF", "unless": "RULE_UNLESS"}[cond and cond[0]]
            rule_rows.append((st.add("" if field == "-" else field), vk, vs, vi, ck, st.add(cond[1]) if cond else 0,
                              st.add(cond[2]) if cond and len(cond) > 2 else 0, int(zero)))
        nodes[index[n]] = node(t["kind"], n, t["first"], len(t["fields"]), atomic=t["atomic"], rules=t["rules"],
                               n_rules=t["n_rules"], gvk=t["gvk"])

    def ref(expr, f=None):
        f = f or {"list": "", "keys": "", "merge": "", "patch": "", "map": ""}
        patch = 0
        for p in f["patch"].split(","):
            patch |= PATCH[p] if p else 0
        if expr.startswith("[]"):
            row = node("list", first=ref(expr[2:]), keys=f["keys"], merge=f["merge"], patch=patch, list_type=f["list"] or "atomic")
        elif expr.startswith("map:"):
            row = node("map", first=ref(expr[4:]), patch=patch, atomic=f["map"] == "atomic")
        elif expr in types:
            t = types[expr]
            if not patch and not f["map"]:
                return index[expr]
            row = node(t["kind"], expr, t["first"], len(t["fields"]), patch=patch, rules=t["rules"], n_rules=t["n_rules"],
                       atomic=t["atomic"] if f["map"] != "granular" else False)
        else:
            row = node(expr, patch=patch)
        if row not in anon:
            anon[row] = len(nodes)
            nodes.append(row)
        return anon[row]

    field_rows = []
    for owner, f in fields:
        num = f["num"].split(".")
        field_rows.append((st.add(f["name"]), ref(f["type"], f), st.add(f.get("go", "")), (1 if f["required"] else 0) | (2 if f.get("always") else 0) |
                           (4 if f.get("omitted") and not f.get("always") else 0) | (8 if f.get("disabled") else 0) | (16 if f.get("null") else 0), ", ".join(num)))

    mark_rows = sorted((index[t], st.add(path), st.add(value)) for t, path, value in marks)

    with open(out + "/tables_types_gen.c", "w") as f:
        f.write("/* Made by gen/gen.py from facts/types.txt, facts/defaults.txt and facts/marks.txt. Do not edit. */\n#include \"api/tables_gen.h\"\n\n")
        # Octal escapes: keep \0 apart from a following digit by closing the literal after each part.
        f.write("const char api_type_strings[] =\n")
        for p in st.parts:
            for q in p.split("\0")[:-1]:
                f.write('\t"%s\\0"\n' % q.replace("\\", "\\\\").replace('"', '\\"'))
        f.write("\t;\n\nconst struct api_type api_types[] = {\n")
        for i, r in enumerate(nodes):
            f.write("\t{%s, %s, %d, %s, %d, %d, %d, %d, %d, %d, %d, %d, %d},\n" % (r[0], r[1], r[2], r[3], i, r[4], r[5], r[6],
                                                                             r[7], r[8], r[9], r[10], r[11]))
        f.write("};\n\nconst struct api_field api_fields[] = {\n")
        for r in field_rows:
            f.write("\t{%d, %d, %d, %d, {%s}},\n" % r)
        f.write("};\n\nconst struct api_default_rule api_default_rules[] = {\n")
        for r in rule_rows:
            f.write("\t{%d, %d, %d, %d, %s, %s, %s, %d},\n" % (r[0], r[2], r[5], r[6], r[3], r[1], r[4], r[7]))
        f.write("};\n\nconst struct api_mark api_marks[] = {\n")
        for r in mark_rows:
            f.write("\t{%d, %d, %d},\n" % r)
        f.write("};\n")

    st2 = Strings()
    res, subs = [], []
    for line in open(facts + "/resources.txt"):
        line = line.rstrip("\n")
        if line.startswith("#") or not line:
            continue
        w = line.split()
        if line.startswith("\t"):
            g, v, k = w[1].split("/")
            subs.append((st2.add(w[0]), st2.add(g), st2.add(v), st2.add(k), index[w[3]] if w[3] != "-" else 0,
                         sum(BITS[x] for x in w[2].split(","))))
            res[-1]["n_subs"] += 1
            continue
        opt = dict(x.split("=", 1) for x in w[9:])
        group, version = w[1].split("/")
        verbs = w[7].split(",")
        stored = opt.get("store", "%s/%s/%s" % (group, version, w[4])).split("/")
        gvk = "/".join(stored)
        digest = base64.b64encode(hashlib.sha256(gvk.encode()).digest()[:8]).decode() if "watch" in verbs else ""
        prefix = opt.get("prefix", ("/%s" % group if group else "") + "/%s/" % w[2])
        res.append({"row": (st2.add(group), st2.add(version), st2.add(w[2]), st2.add(w[3]), st2.add(w[4]),
                            st2.add(w[5] if w[5] != "-" else ""), st2.add_list(opt["short"].split(",") if "short" in opt else []),
                            st2.add_list(opt["cat"].split(",") if "cat" in opt else []), st2.add(prefix), st2.add(digest),
                            index[w[8]], sum(BITS[v] for v in verbs), 1 if w[6] == "ns" else 0,
                            1 if verbs == ["create"] else 0, 1 if stored[:2] == [group, version] else 0),
                    "subs": len(subs), "n_subs": 0})
    with open(out + "/tables_resources_gen.c", "w") as f:
        f.write("/* Made by gen/gen.py from facts/resources.txt. Do not edit. */\n#include \"api/tables_gen.h\"\n\n")
        f.write("const char api_resource_strings[] =\n")
        for p in st2.parts:
            for q in p.split("\0")[:-1]:
                f.write('\t"%s\\0"\n' % q)
        f.write("\t;\n\nconst struct api_resource_row api_resource_rows[] = {\n")
        for r in res:
            f.write("\t{%s, %d, %d},\n" % (", ".join(map(str, r["row"])), r["subs"], r["n_subs"]))
        f.write("};\n\nconst struct api_sub_row api_sub_rows[] = {\n")
        for r in subs:
            f.write("\t{%s},\n" % ", ".join(map(str, r)))
        f.write("};\n")
    with open(out + "/tables_gen.h", "w") as f:
        f.write("/* Made by gen/gen.py. Do not edit. */\n#pragma once\n#include \"api/tables.h\"\n\n")
        f.write("#define API_N_NAMED_TYPES %d /* nodes 1.. in the order of their names */\n" % len(names))
        f.write("#define API_N_RESOURCES %d\n#define API_N_SUBS %d\n#define API_N_MARKS %d\n" % (len(res), len(subs), len(mark_rows)))
        for k, v in sorted(NAMED.items()):
            f.write("#define %s %d\n" % (k, index[v]))
        f.write("enum default_code {\n\tDEFAULT_NONE,\n" + "".join("\tDEFAULT_%s,\n" % x.upper() for x in fns) + "};\n")
        f.write("extern const char api_type_strings[];\nextern const struct api_type api_types[%d];\n"
                "extern const struct api_field api_fields[%d];\nextern const struct api_default_rule api_default_rules[%d];\n"
                "extern const struct api_mark api_marks[API_N_MARKS];\n"
                "extern const char api_resource_strings[];\nextern const struct api_resource_row api_resource_rows[API_N_RESOURCES];\n"
                "extern const struct api_sub_row api_sub_rows[API_N_SUBS];\n" % (len(nodes), len(field_rows), len(rule_rows)))
    print("%d nodes, %d fields, %d rules, %d resources" % (len(nodes), len(field_rows), len(rule_rows), len(res)))


main(*sys.argv[1:])
