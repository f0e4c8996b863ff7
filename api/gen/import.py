#!/usr/bin/env python3
"""Turns the structure of Kubernetes' OpenAPI document and the protobuf field numbers into facts/types.txt and
facts/resources.txt. Run once per Kubernetes version:

    import.py openapi-structure.json protobuf-fields.tsv FACTS_DIR

The openapi file is a swagger 2.0 document ("definitions" and "paths"; descriptions are not used); the TSV has the columns
package, message, field, number, label, type of the generated.proto files.
"""
import collections
import json
import re
import sys

SCALARS = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "microtime",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "any",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Patch": "any",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "any",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "intorstring",
}

# Not in any OpenAPI document: what discovery says about a resource.
SHORT = {
    "componentstatuses": "cs", "configmaps": "cm", "endpoints": "ep", "events": "ev", "limitranges": "limits", "namespaces": "ns", "nodes": "no",
    "persistentvolumeclaims": "pvc", "persistentvolumes": "pv", "pods": "po", "replicationcontrollers": "rc",
    "resourcequotas": "quota", "serviceaccounts": "sa", "services": "svc", "customresourcedefinitions": "crd,crds",
    "daemonsets": "ds", "deployments": "deploy", "replicasets": "rs", "statefulsets": "sts",
    "horizontalpodautoscalers": "hpa", "cronjobs": "cj", "certificatesigningrequests": "csr", "ingresses": "ing",
    "networkpolicies": "netpol", "ipaddresses": "ip", "poddisruptionbudgets": "pdb", "priorityclasses": "pc",
    "storageclasses": "sc", "volumeattributesclasses": "vac",
}
CATEGORIES = {
    "pods": "all", "replicationcontrollers": "all", "services": "all", "daemonsets": "all", "deployments": "all",
    "replicasets": "all", "statefulsets": "all", "horizontalpodautoscalers": "all", "jobs": "all", "cronjobs": "all",
    "customresourcedefinitions": "api-extensions", "apiservices": "api-extensions",
    "mutatingwebhookconfigurations": "api-extensions", "validatingwebhookconfigurations": "api-extensions",
    "mutatingadmissionpolicies": "api-extensions", "mutatingadmissionpolicybindings": "api-extensions",
    "validatingadmissionpolicies": "api-extensions", "validatingadmissionpolicybindings": "api-extensions",
}
SINGULAR = {"endpoints": "endpoints"}
# Order of groups in discovery (kube-aggregator's priorities); versions newest first.
GROUPS = ["", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
          "autoscaling", "batch", "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io",
          "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
          "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "resource.k8s.io", "flowcontrol.apiserver.k8s.io"]
# (group, plural) -> group, version, kind of what is stored, where it is not the version itself
STORED = {("events.k8s.io", "events"): ("", "v1", "Event"),
          ("autoscaling", "horizontalpodautoscalers"): ("autoscaling", "v2", "HorizontalPodAutoscaler")}
CONNECT_VERBS = {"exec": "get,create", "attach": "get,create", "portforward": "get,create",
                 "proxy": "get,create,update,patch,delete"}
SUB_KIND = {("pods", "log"): ("", "v1", "Pod")}
VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"]
# generated.proto of kube-aggregator is not part of the TSV.
EXTRA_PROTO = {
    "APIService": {"metadata": 1, "spec": 2, "status": 3}, "APIServiceList": {"metadata": 1, "items": 2},
    "APIServiceSpec": {"service": 1, "group": 2, "version": 3, "insecureSkipTLSVerify": 4, "caBundle": 5,
                       "groupPriorityMinimum": 7, "versionPriority": 8},
    "APIServiceStatus": {"conditions": 1}, "ServiceReference": {"namespace": 1, "name": 2, "port": 3},
    "APIServiceCondition": {"type": 1, "status": 2, "lastTransitionTime": 3, "reason": 4, "message": 5},
}


def main(openapi, tsv, out):
    doc = json.load(open(openapi))
    defs, paths = doc["definitions"], doc["paths"]
    proto, ptype = collections.defaultdict(dict), {}
    for line in list(open(tsv))[1:]:
        pkg, msg, field, num = line.split("\t")[:4]
        proto[(pkg, msg)][field.lower()] = int(num)
        ptype[(pkg, msg, field.lower())] = line.rstrip("\n").split("\t")[5]

    def short(ref):
        return ref.split("/")[-1]

    def embedded(pkg, msg, field):
        """Fields that JSON shows inline live in an embedded message of their own in protobuf: "2.5"."""
        for f, n in proto.get((pkg, msg), {}).items():
            t = ptype[(pkg, msg, f)]
            inner = (t.rsplit(".", 1)[0], t.rsplit(".", 1)[1]) if "." in t else (pkg, t)
            if inner not in proto or f in jsonnames(pkg, msg):
                continue
            if field in proto[inner]:
                return "%d.%d" % (n, proto[inner][field])
            deeper = embedded(*inner, field) if inner in names else None
            if deeper:
                return "%d.%s" % (n, deeper)
        return None

    def jsonnames(pkg, msg):
        return {x.lower() for x in names[(pkg, msg)]}

    names = {}
    for name in defs:
        pkg, msg = name.rsplit(".", 1)
        names[("k8s.io." + pkg[len("io.k8s."):].replace("-", "_"), msg)] = defs[name].get("properties", {})

    def expr(s):
        if "$ref" in s:
            return short(s["$ref"])
        t = s.get("type")
        if t == "array":
            return "[]" + expr(s["items"])
        if t == "object" and "additionalProperties" in s:
            return "map:" + expr(s["additionalProperties"])
        if t == "object":
            return "any"
        if t == "string":
            return {"byte": "bytes", "int-or-string": "intorstring"}.get(s.get("format"), "string")
        if t == "integer":
            return s["format"]
        return {"boolean": "bool", "number": "double"}[t]

    with open(out + "/types.txt", "w") as f:
        f.write("# Structure of the types of Kubernetes v%s. Made by gen/import.py.\n"
                "# type NAME [SCALAR] [atomic] [gvk=GROUP/VERSION/KIND]\n"
                "# <tab>FIELD[!] TYPE [#protobuf number] [list=] [keys=] [merge=] [patch=] [map=]   (! required)\n"
                % doc["kubernetes"])
        for name in sorted(defs):
            s = defs[name]
            pkg, msg = name.rsplit(".", 1)
            pkg = "k8s.io." + pkg[len("io.k8s."):].replace("-", "_") if pkg.startswith("io.k8s.") else pkg
            nums = proto.get((pkg, msg), {})
            if "kube_aggregator" in pkg:
                nums = {k.lower(): v for k, v in EXTRA_PROTO.get(msg, {}).items()}
            line = "type " + name
            if name in SCALARS:
                line += " " + SCALARS[name]
            elif "properties" not in s and s.get("type") != "object":
                line += " any"
            if s.get("x-kubernetes-map-type") == "atomic":
                line += " atomic"
            gvks = s.get("x-kubernetes-group-version-kind", [])
            if len(gvks) > 1:
                line += " gvk=*"
            elif gvks:
                line += " gvk=%(group)s/%(version)s/%(kind)s" % gvks[0]
            f.write(line + "\n")
            for field in sorted(s.get("properties", {})):
                p = s["properties"][field]
                line = "\t%s%s %s" % (field, "!" if field in s.get("required", []) else "", expr(p))
                pn = re.sub(r"-(.)", lambda m: m.group(1).upper(), field).lstrip("$").lower()
                if pn in nums:
                    line += " #%d" % nums[pn]
                elif nums and embedded(pkg, msg, pn):
                    line += " #" + embedded(pkg, msg, pn)
                elif nums and not (field in ("apiVersion", "kind")):
                    sys.stderr.write("no protobuf number: %s.%s\n" % (name, field))
                lt = p.get("x-kubernetes-list-type")
                if lt and lt != "atomic":
                    line += " list=" + lt
                if "x-kubernetes-list-map-keys" in p:
                    line += " keys=" + ",".join(p["x-kubernetes-list-map-keys"])
                if "x-kubernetes-patch-merge-key" in p:
                    line += " merge=" + p["x-kubernetes-patch-merge-key"]
                if "x-kubernetes-patch-strategy" in p:
                    line += " patch=" + p["x-kubernetes-patch-strategy"]
                if "x-kubernetes-map-type" in p:
                    line += " map=" + p["x-kubernetes-map-type"]
                f.write(line + "\n")

    def ident(o):
        g = o["x-kubernetes-group-version-kind"]
        return g["group"], g["version"], g["kind"]

    res, subs = {}, collections.defaultdict(dict)
    for path in sorted(paths):
        m = re.match(r"^/(?:api|apis/([^/]+))/(v[^/]+)/(namespaces/\{namespace\}/)?([a-z]+)(/\{name\})?(/[a-z]+)?(/\{path\})?/?$", path)
        if not m or "/watch/" in path or m.group(7):
            continue
        group, version, ns, plural, name, sub = m.group(1) or "", m.group(2), bool(m.group(3)), m.group(4), m.group(5), m.group(6)
        key = (group, version, plural)
        for verb, op in paths[path].items():
            if verb == "parameters":
                continue
            if sub:
                s = subs[key].setdefault(sub[1:], {"gvk": ident(op), "verbs": set(), "type": ""})
                body = op["responses"].get("200") or op["responses"].get("201")
                if sub[1:] in CONNECT_VERBS:
                    s["verbs"] = set(CONNECT_VERBS[sub[1:]].split(","))
                else:
                    s["verbs"].add({"post": "create", "put": "update"}.get(verb, verb))
                    if body and body != "string":
                        s["type"] = body
                continue
            r = res.setdefault(key, {"ns": False, "verbs": set(), "gvk": ident(op), "type": "", "list": ""})
            r["ns"] |= ns
            a = op["x-kubernetes-action"]
            r["verbs"].add({"post": "create", "put": "update"}.get(a, a))
            body = op["responses"].get("201") or op["responses"]["200"]
            if a == "list":
                r["list"] = body.rsplit(".", 1)[1]
                if plural != "componentstatuses":  # they are not kept
                    r["verbs"].add("watch")
            elif a in ("get", "post"):
                r["type"] = body

    def order(key):
        g, v, p = key
        return GROUPS.index(g), -int(v[1:]), p

    with open(out + "/resources.txt", "w") as f:
        f.write("# Resources of Kubernetes v%s in the order of discovery. Made by gen/import.py.\n"
                "# resource GROUP/VERSION PLURAL SINGULAR KIND LISTKIND ns|cluster VERBS TYPE [short=] [cat=] "
                "[store=GROUP/VERSION/KIND] [prefix=]\n"
                "# <tab>SUBRESOURCE GROUP/VERSION/KIND VERBS TYPE    (- none)\n" % doc["kubernetes"])
        for key in sorted(res, key=order):
            group, version, plural = key
            r = res[key]
            kind = r["gvk"][2]
            verbs = [v for v in VERBS if v in r["verbs"]]
            line = "resource %s/%s %s %s %s %s %s %s %s" % (
                group, version, plural, SINGULAR.get(plural, kind.lower()), kind, r["list"] or "-",
                "ns" if r["ns"] else "cluster", ",".join(verbs), r["type"])
            if plural in SHORT:
                line += " short=" + SHORT[plural]
            if plural in CATEGORIES:
                line += " cat=" + CATEGORIES[plural]
            if (group, plural) in STORED:
                line += " store=%s/%s/%s" % STORED[(group, plural)]
            if group == "events.k8s.io":
                line += " prefix=/events/"
            f.write(line + "\n")
            for sub in sorted(subs[key]):
                s = subs[key][sub]
                gvk = SUB_KIND.get((plural, sub), s["gvk"])
                f.write("\t%s %s/%s/%s %s %s\n" % (sub, *gvk, ",".join(v for v in VERBS if v in s["verbs"]), s["type"] or "-"))


main(*sys.argv[1:])
