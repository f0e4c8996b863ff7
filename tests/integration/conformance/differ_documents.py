"""Aggregated discovery, and OpenAPI v2 and v3 of everything that minik serves: their structure, whatever the words are that describe it."""
from differ import *

AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
SHARED = "#/parameters/"


def discovery(v):
    """By group, version and resource; the order of groups and versions counts."""
    return {"order": [[g["metadata"].get("name", "")] + [x["version"] for x in g["versions"]] for g in v["items"]],
            "groups": {g["metadata"].get("name", ""): {x["version"]: {**x, "resources": {r["resource"]: r for r in x["resources"]}} for x in g["versions"]} for g in v["items"]},
            "list": {k: x for k, x in v.items() if k != "items"}}


def described(path):
    """Not the paths of documents and of groups as such, which minik does not describe, nor watches by path, which are deprecated."""
    return not path.endswith("/") and "/watch/" not in path


def bare(v, shared):
    """A document's part without words and without what only stands in another place: shared parameters, lone allOf."""
    if isinstance(v, list):
        return [bare(x, shared) for x in v]
    if not isinstance(v, dict):
        return v
    if isinstance(v.get("$ref"), str) and v["$ref"].startswith(SHARED):
        v = shared[v["$ref"][len(SHARED):]]
    o = {k: bare(x, shared) for k, x in v.items() if not (k in ("description", "summary") and isinstance(x, str))}
    if isinstance(o.get("allOf"), list) and len(o["allOf"]) == 1:
        o.update(o.pop("allOf")[0])
    if isinstance(o.get("required"), list):
        o["required"].sort()
    if isinstance(o.get("parameters"), list):
        o["parameters"].sort(key=lambda p: (p["in"], p["name"]))
        o["parameters"] = {p["in"] + " " + p["name"]: p for p in o["parameters"]}
    return o


def document(v):
    """A whole document, but for the version of the server."""
    shared = v.pop("parameters", {})
    v["paths"] = {p: x for p, x in v["paths"].items() if described(p)}
    v["info"].pop("version", None)
    return bare(v, shared)


def cases(groups):
    out = [get("aggregated discovery of " + at, at, headers={"Accept": AGGREGATED}, only=discovery) for at in ("/api", "/apis")]
    out += [get("OpenAPI v3 of " + at, "/openapi/v3/" + at, headers={"Accept": "application/json"}, only=document) for at in groups]
    return out + [get("OpenAPI v2", "/openapi/v2", headers={"Accept": "application/json"}, only=document)]
