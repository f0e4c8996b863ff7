"""Objects with one fault each, derived from valid ones and from what the tree knows of the types (api/facts/types.txt).

An Edit changes one place of an object. edits() finds every place of a rich object (fault_objects.py) and gives it every kind of bad value that its type allows;
a field that the object lacks is put there as another object of the table has it, so what excludes one another meets."""
import copy
import json
import os
import re

TYPES_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "api", "facts", "types.txt")
META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
GONE = object()


def read_types(path=TYPES_FILE):
    """name -> (scalar or "", {field: type}), and (apiVersion, kind) -> name."""
    types, kinds, fields = {}, {}, None
    with open(path) as f:
        for line in f:
            w = line.split()
            if line.startswith("type "):
                fields = {}
                scalar = [x for x in w[2:] if x != "atomic" and "=" not in x]
                types[w[1]] = (scalar[0] if scalar else "", fields)
                for x in w[2:]:
                    if x.startswith("gvk=") and x.count("/") == 2:
                        group, version, kind = x[4:].split("/")
                        kinds[(group + "/" if group else "") + version, kind] = w[1]
            elif line.startswith("\t"):
                fields[w[0].rstrip("!")] = w[1]
    return types, kinds


class Edit:
    """Sets (or with GONE takes away) what lies at a path; a list's length is where it grows."""

    def __init__(self, path, value):
        self.path, self.value = path, value

    def __str__(self):
        text = "gone" if self.value is GONE else json.dumps(self.value, sort_keys=True)
        if len(text) > 60:
            text = "%s...(%d)" % (text[:45], len(text))
        return "%s=%s" % (dotted(self.path), text)

    def apply(self, o):
        """Changes o; false where o has no such place."""
        for k in self.path[:-1]:
            if not (isinstance(o, dict) and k in o or isinstance(o, list) and isinstance(k, int) and k < len(o)):
                return False
            o = o[k]
        k = self.path[-1]
        if isinstance(o, list):
            if self.value is GONE or k > len(o):
                return False
            o[k:k + 1] = [copy.deepcopy(self.value)]
        elif not isinstance(o, dict):
            return False
        elif self.value is GONE:
            return o.pop(k, GONE) is not GONE
        else:
            o[k] = copy.deepcopy(self.value)
        return True


def dotted(path):
    return "".join("[%d]" % k if isinstance(k, int) else "." + k if re.fullmatch(r"[\w-]+", k) else "[%s]" % k for k in path).lstrip(".")


IP = re.compile(r"\d+\.\d+\.\d+\.\d+|[0-9a-f]*::[0-9a-f:]*")
CIDR = re.compile(r"(%s)/\d+" % IP.pattern)
WORDS = ["", "Other", "not_Valid 1", "a" * 64, "b" * 254, "a/b", "-a.", "a.b"]


def bad_strings(s):
    if CIDR.fullmatch(s):
        return ["", "1.2.3.4", "10.0.0.1/8", "10.0.0.0/33", "::ffff:10.0.0.0/104", "010.0.0.0/8", "x/8", "192.168.0.0/16", "2001:db8::/64"]
    if IP.fullmatch(s):
        return ["", "1.2.3", "010.1.2.3", "::ffff:1.2.3.4", "x", "127.0.0.1", "169.254.1.1", "0.0.0.0", "224.0.0.1", "2001:db8::1", "2001:DB8::1", "10.9.8.7"]
    if s.startswith("/"):
        return ["", "relative", "/a/../b", "..", "/a:b", "/other", "/" + "a" * 1100]
    if s.startswith("https://"):
        return ["", "http://example.com/", "https://", "x", "https://u:p@example.com/?a=b#c", "https://example.com/other"]
    return WORDS + [s + "2", s.upper(), s.lower()]


def numbers(v, wide):
    return [n for n in [0, -1, 1, v + 1, 101, 65536, 2147483647] + ([4294967296] if wide else [2147483648]) if n != v]


SCALARS = {
    "quantity": ["0", "-1", "1.5", "x", "500m", "1e3", "1Ei"],
    "time": ["x", "", "2020-01-02T03:04:05Z"], "microtime": ["x", "2020-01-02T03:04:05.000000Z"],
    "intorstring": [-1, 0, 70000, "x", "50%", "150%", "-5%", "Bad Name", "", "a--b", "a" * 16],
    "any": [{}, [], "x", 1, {"a": {"b": None}}], "bytes": ["!", "", "YQ=="], "double": [-1, 0, 1.5], "bool": [],
}
SAMPLES = {"string": "added", "int32": 1, "int64": 1, "double": 1.5, "bool": True, "bytes": "YQ==", "quantity": "1", "time": "2026-01-02T03:04:05Z",
           "microtime": "2026-01-02T03:04:05.000000Z", "intorstring": 1, "any": {}}


class Table:
    """What is known of the types, and for each of their fields a value that some object of the table has."""

    def __init__(self):
        self.types, self.kinds = read_types()
        self.have = {}

    def scalar(self, t):
        return t if t in SAMPLES else self.types[t][0] if t in self.types else ""

    def learn(self, t, v):
        """Remembers what v has in its fields."""
        if t.startswith("[]") and isinstance(v, list):
            for x in v:
                self.learn(t[2:], x)
        elif t.startswith("map:") and isinstance(v, dict):
            for x in v.values():
                self.learn(t[4:], x)
        elif t in self.types and isinstance(v, dict):
            for k, x in v.items():
                ft = self.types[t][1].get(k)
                if ft:
                    self.have.setdefault((t, k), x)
                    self.learn(ft, x)

    def sample(self, t, depth=0):
        """Some value of a type."""
        if self.scalar(t):
            return SAMPLES[self.scalar(t)]
        if t.startswith("[]"):
            return [self.sample(t[2:], depth)]
        if t.startswith("map:"):
            return {"added": self.sample(t[4:], depth)}
        if depth > 1:
            return {}
        return {k: self.have[t, k] for k in self.types[t][1] if (t, k) in self.have} if depth == 0 else {}

    def edits(self, t, o, under=()):
        """Every edit of o, an object of type t, below a path."""
        found, seen = [], set()
        for k in under:
            t, o = self.types[t][1][k], o[k]
        self.walk(t, o, list(under), found, seen)
        out, labels = [], set()
        for e in found:
            if str(e) not in labels:
                labels.add(str(e))
                out.append(e)
        return out

    def walk(self, t, v, path, found, seen):
        put = lambda *values: found.extend(Edit(path, x) for x in values if x is GONE or x != v or type(x) is not type(v))
        kind = self.scalar(t)
        if kind:
            if kind == "string":
                put(*bad_strings(v))
            elif kind in ("int32", "int64"):
                put(*numbers(v, kind == "int64"))
            elif kind == "bool":
                put(not v)
            else:
                put(*SCALARS[kind])
            put(["x"] if kind != "any" else None)
        elif t.startswith("[]"):
            self.walk_list(t[2:], v, path, found, seen)
        elif t.startswith("map:"):
            self.walk_map(t[4:], v, path, found, seen)
        else:
            self.walk_object(t, v, path, found, seen)

    def walk_object(self, t, o, path, found, seen):
        fields = self.types[t][1]
        shape = tuple(k for k in path if isinstance(k, str)), tuple(sorted(o))
        for k, ft in fields.items():
            if (shape, k) in seen or (not path and k in ("apiVersion", "kind", "metadata", "status")):
                continue
            seen.add((shape, k))
            if k in o:
                found.append(Edit(path + [k], GONE))
                self.walk(ft, o[k], path + [k], found, seen)
            else:
                found.append(Edit(path + [k], self.have.get((t, k), self.sample(ft))))
        if path:
            found += [Edit(path, {}), Edit(path, "x")]

    def walk_list(self, t, v, path, found, seen):
        found.append(Edit(path, []))
        found.append(Edit(path, {"a": "b"}))
        if not v:
            found.append(Edit(path, [self.sample(t)]))
            return
        found.append(Edit(path + [len(v)], v[0]))
        found.append(Edit(path, [numbered(v[0], i) for i in range(70)]))
        if len(v) > 1:
            found.append(Edit(path, list(reversed(v))))
            found.append(Edit(path, v[:-1]))
        if not self.scalar(t):
            found.append(Edit(path + [len(v)], {}))
            for i, x in enumerate(v):
                self.walk(t, x, path + [i], found, seen)
        else:
            self.walk(t, v[0], path + [0], found, seen)
            found.append(Edit(path + [len(v)], "added" if t == "string" else SAMPLES[self.scalar(t)]))

    def walk_map(self, t, v, path, found, seen):
        found += [Edit(path, {}), Edit(path, ["x"])]
        x = next(iter(v.values())) if v else self.sample(t)
        for key in ("", "not_Valid 1", "a" * 64, "example.com/a", "a/b/c", "added"):
            found.append(Edit(path + [key], x))
        for key in list(v)[:3]:
            found.append(Edit(path + [key], GONE))
            self.walk(t, v[key], path + [key], found, seen)
        if self.scalar(t) == "quantity":
            for key, n in (("cpu", "-1"), ("example.com/thing", "1.5"), ("hugepages-2Mi", "3Mi"), ("hugepages-2Mi", "4Mi"), ("kubernetes.io/odd", "1"), ("memory", "1.5")):
                found.append(Edit(path + [key], n))


def numbered(x, i):
    """x as the i-th of many."""
    if isinstance(x, str):
        return re.sub(r"\d+$", "", x) + str(i)
    if isinstance(x, int):
        return x + i
    if isinstance(x, dict):
        return {k: numbered(v, i) if k in ("name", "key", "ip", "mountPath", "port", "containerPort", "type", "uid", "topologyKey", "devicePath") and not isinstance(v, bool) else v
                for k, v in x.items()}
    return x
