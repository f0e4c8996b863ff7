"""Authorization: the default user-facing roles times every verb and resource of discovery, against the rules that Kubernetes documents for them."""
from concurrent.futures import ThreadPoolExecutor

from kube import *

NS = "conf-roles"
READ = ("get", "list", "watch")
WRITE = ("create", "delete", "deletecollection", "patch", "update")
VERBS = READ + WRITE + ("impersonate", "bind", "escalate", "approve", "sign", "use")

# group: resources, as the roles' rules have them
VIEW = {
    "": "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status "
        "bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status namespaces",
    "discovery.k8s.io": "endpointslices",
    "events.k8s.io": "events",
    "apps": "controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets "
            "statefulsets/scale statefulsets/status",
    "autoscaling": "horizontalpodautoscalers horizontalpodautoscalers/status",
    "batch": "cronjobs cronjobs/status jobs jobs/status",
    "policy": "poddisruptionbudgets poddisruptionbudgets/status",
    "networking.k8s.io": "ingresses ingresses/status networkpolicies",
    "resource.k8s.io": "resourceclaims resourceclaims/status resourceclaimtemplates",
}
EDIT_READ = {"": "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy", "coordination.k8s.io": "leases"}
EDIT_WRITE = {
    "": "pods pods/attach pods/exec pods/portforward pods/proxy configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts "
        "services services/proxy",
    "apps": "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale",
    "autoscaling": "horizontalpodautoscalers",
    "batch": "cronjobs jobs",
    "policy": "poddisruptionbudgets",
    "networking.k8s.io": "ingresses networkpolicies",
    "coordination.k8s.io": "leases",
    "events.k8s.io": "events",
    "resource.k8s.io": "resourceclaims resourceclaimtemplates",
}
BASIC = {("authorization.k8s.io", "selfsubjectaccessreviews"), ("authorization.k8s.io", "selfsubjectrulesreviews"), ("authentication.k8s.io", "selfsubjectreviews")}


def has(table, group, resource):
    return resource in table.get(group, "").split()


def view(g, r, v):
    return (v in READ and has(VIEW, g, r)) or (v == "create" and (g, r) in BASIC)


def edit(g, r, v):
    return view(g, r, v) or (v in READ and has(EDIT_READ, g, r)) or (v in WRITE and has(EDIT_WRITE, g, r)) or \
        (v, g, r) in {("impersonate", "", "serviceaccounts"), ("create", "", "pods/eviction"), ("create", "", "serviceaccounts/token")}


def admin(g, r, v):
    return edit(g, r, v) or (g == "rbac.authorization.k8s.io" and r in ("roles", "rolebindings") and v in READ + WRITE) or \
        (g, r, v) == ("authorization.k8s.io", "localsubjectaccessreviews", "create")


ROLES = {"view": view, "edit": edit, "admin": admin, "cluster-admin": lambda g, r, v: True, None: lambda g, r, v: v == "create" and (g, r) in BASIC}


def resources(c):
    found = set()
    paths = [("", "/api/v1")] + [(g["name"], "/apis/" + v["groupVersion"]) for g in c.get("/apis")["groups"] for v in g["versions"]]
    for group, path in paths:
        for r in c.get(path)["resources"]:
            found.add((group, r["name"]))
    return sorted(found)


def run(c):
    c.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NS}})
    rb = "rbac.authorization.k8s.io"
    for role in filter(None, ROLES):
        c.create("/apis/%s/v1/namespaces/%s/rolebindings" % (rb, NS), {"apiVersion": rb + "/v1", "kind": "RoleBinding", "metadata": {"name": role},
                 "roleRef": {"apiGroup": rb, "kind": "ClusterRole", "name": role}, "subjects": [{"apiGroup": rb, "kind": "User", "name": "conf-" + role}]})
    all_resources = resources(c)
    assert len(all_resources) > 100, all_resources

    def ask(user, ns, g, r, v):
        resource, _, sub = r.partition("/")
        spec = {"user": user, "groups": ["system:authenticated"],
                "resourceAttributes": {"namespace": ns, "verb": v, "group": g, "version": "v1", "resource": resource, "subresource": sub, "name": "x"}}
        return c.create("/apis/authorization.k8s.io/v1/subjectaccessreviews", {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec})["status"]["allowed"]

    with ThreadPoolExecutor(4) as pool:
        for role, rule in ROLES.items():
            with Behaviour("rights of %s in its namespace: every resource, every verb" % (role or "somebody without a role")):
                cells = [(g, r, v) for g, r in all_resources for v in VERBS]
                got = list(pool.map(lambda x: ask("conf-%s" % role, NS, *x), cells))
                wrong = ["%s %s/%s: %s" % (v, g, r, a) for (g, r, v), a in zip(cells, got) if a != bool(rule(g, r, v))]
                assert not wrong, "%d of %d: %s" % (len(wrong), len(cells), "; ".join(wrong[:20]))
            with Behaviour("rights of %s elsewhere" % (role or "somebody without a role")):
                cells = [(g, r, v) for g, r in all_resources for v in ("get", "create", "delete")]
                got = list(pool.map(lambda x: ask("conf-%s" % role, "kube-system", *x), cells))
                wrong = ["%s %s/%s" % (v, g, r) for (g, r, v), a in zip(cells, got) if a != (v == "create" and (g, r) in BASIC)]
                assert not wrong, "%d of %d: %s" % (len(wrong), len(cells), "; ".join(wrong[:20]))
    c.delete("/api/v1/namespaces/" + NS)


if __name__ == "__main__":
    main(run)
