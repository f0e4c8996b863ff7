"""Every rule of the binder, by objects alone: storage_binder.py [PART...]. Environment: KUBECONFIG, KUBECTL."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "conformance"))
from kube import *  # noqa: E402,F403

NS = "/api/v1/namespaces/default"
PVC, PV, PODS, EVENTS = NS + "/persistentvolumeclaims", "/api/v1/persistentvolumes", NS + "/pods", NS + "/events"
SC, VAC = "/apis/storage.k8s.io/v1/storageclasses", "/apis/storage.k8s.io/v1/volumeattributesclasses"
RWO, ROX, RWX, RWOP = "ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"
SELECTED = "volume.kubernetes.io/selected-node"
PATIENCE = float(os.environ.get("MINIK_PATIENCE", 2))


def soon(test, what="condition"):
    return eventually(test, 8 * PATIENCE, what)


def volume(c, name, size="1Gi", modes=(RWO,), sc="", labels=None, annotations=None, claim=None, **spec):
    source = {} if "nfs" in spec or "csi" in spec else {"hostPath": {"path": "/tmp/minik-none/" + name}}
    ref = {"claimRef": {"namespace": "default", "name": claim}} if isinstance(claim, str) else {"claimRef": claim} if claim else {}
    return c.create(PV, {"metadata": {"name": name, "labels": labels or {}, "annotations": annotations or {}},
                         "spec": {"capacity": {"storage": size}, "accessModes": list(modes), "storageClassName": sc, **source, **ref, **spec}})


def claim(c, name, size="1Gi", modes=(RWO,), sc="", annotations=None, **spec):
    s = {"resources": {"requests": {"storage": size}}, "accessModes": list(modes), **spec}
    if sc is not None:
        s["storageClassName"] = sc
    return c.create(PVC, {"metadata": {"name": name, "annotations": annotations or {}}, "spec": s})


def storage_class(c, name, provisioner="example.com/none", wait=False, default=False, **kw):
    return c.create(SC, {"metadata": {"name": name, "annotations": {"storageclass.kubernetes.io/is-default-class": "true"} if default else {}},
                         "provisioner": provisioner, "volumeBindingMode": "WaitForFirstConsumer" if wait else "Immediate", **kw})


def pvc(c, name):
    return c.get(PVC + "/" + name)


def pv(c, name):
    return c.get(PV + "/" + name)


def phase(o):
    return o.get("status", {}).get("phase")


def gone(c, path):
    try:
        c.get(path)
    except ApiError as e:
        return e.code == 404
    return False


def available(c, *names):
    for n in names:
        soon(lambda: phase(pv(c, n)) == "Available", n + " Available")


def bound(c, name, to):
    """The claim is bound to that volume, from both sides."""
    o = soon(lambda: (lambda x: x if phase(x) == "Bound" else None)(pvc(c, name)), name + " Bound")
    same(o["spec"]["volumeName"], to, "volume of " + name)
    v = soon(lambda: (lambda x: x if phase(x) == "Bound" else None)(pv(c, to)), to + " Bound")
    same(v["spec"]["claimRef"]["uid"], o["metadata"]["uid"], "claimRef of " + to)
    same(o["metadata"]["annotations"]["pv.kubernetes.io/bind-completed"], "yes", "bind-completed")
    return o, v


def says(c, name, reason, text, ns="default"):
    def there():
        found = c.get("/api/v1/namespaces/%s/events" % ns, fieldSelector="involvedObject.name=" + name)["items"]
        assert any(e["reason"] == reason and text in e["message"] for e in found), [(e["reason"], e["message"]) for e in found]
        return True
    return soon(there, "event " + reason)


def pending_for(c, name, reason, text):
    says(c, name, reason, text)
    same(phase(pvc(c, name)), "Pending", name)
    assert not pvc(c, name)["spec"].get("volumeName"), "it has a volume"


def clean(c):
    for path in (PODS, PVC, PV, SC, VAC):
        for o in c.get(path)["items"]:
            n = o["metadata"]["name"]
            if path == SC and n == "local-path":
                continue
            try:
                c.delete(path + "/" + n, **({"gracePeriodSeconds": 0} if path == PODS else {}))
            except ApiError as e:
                if e.code != 404:
                    raise
    for path in (PVC, PV):
        soon(lambda: not c.get(path)["items"], path + " empty")


# --- which volume ---

def matching(c):
    volume(c, "m10", "10Gi"); volume(c, "m5", "5Gi"); volume(c, "m3", "3Gi"); volume(c, "m2x", "2Gi", (RWO, RWX))
    available(c, "m10", "m5", "m3", "m2x")
    with Behaviour("a new volume is Available, and has its finalizer"):
        same(pv(c, "m10")["metadata"]["finalizers"], ["kubernetes.io/pv-protection"])
    with Behaviour("lastPhaseTransitionTime is written"):
        assert pv(c, "m10")["status"]["lastPhaseTransitionTime"]
    claim(c, "c4", "4Gi")
    with Behaviour("a claim gets the smallest volume that is large enough"):
        o, v = bound(c, "c4", "m5")
    with Behaviour("status.capacity is the volume's"):
        same(o["status"]["capacity"], {"storage": "5Gi"})
    with Behaviour("status.accessModes are the volume's"):
        same(o["status"]["accessModes"], [RWO])
    with Behaviour("the controller says that it bound them"):
        same(o["metadata"]["annotations"]["pv.kubernetes.io/bound-by-controller"], "yes")
        same(v["metadata"]["annotations"]["pv.kubernetes.io/bound-by-controller"], "yes")
    with Behaviour("claimRef names kind, version and object"):
        subset({"kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": "default", "name": "c4"}, v["spec"]["claimRef"])
    claim(c, "c1", "1Gi")
    with Behaviour("volumes with fewer access modes come before smaller ones"):
        bound(c, "c1", "m3")
    claim(c, "cx", "1Gi", (RWX,))
    with Behaviour("ReadWriteMany is found"):
        bound(c, "cx", "m2x")
    claim(c, "c99", "99Gi")
    with Behaviour("nothing is large enough: FailedBinding"):
        pending_for(c, "c99", "FailedBinding", "no persistent volumes available for this claim and no storage class is set")
    with Behaviour("no status of a volume while it is Pending"):
        assert "capacity" not in pvc(c, "c99")["status"]
    volume(c, "m100", "100Gi")
    with Behaviour("a volume that comes later is taken"):
        bound(c, "c99", "m100")
    for mode, short in ((ROX, "rox"), (RWOP, "rwop")):
        claim(c, short, modes=(mode,))
        with Behaviour(mode + " waits for a volume that has it"):
            pending_for(c, short, "FailedBinding", "no persistent volumes available")
        volume(c, "v" + short, modes=(mode,))
        with Behaviour(mode + " is found"):
            bound(c, short, "v" + short)
    claim(c, "two", modes=(RWO, ROX))
    volume(c, "one-of-two", modes=(RWX, ROX))
    available(c, "one-of-two")
    with Behaviour("all modes that are asked for have to be there"):
        pending_for(c, "two", "FailedBinding", "no persistent volumes available")
    volume(c, "both-of-two", modes=(ROX, RWX, RWO))
    with Behaviour("and more than those is fine"):
        bound(c, "two", "both-of-two")
    clean(c)
    volume(c, "exact", "1500Mi")
    available(c, "exact")
    claim(c, "over", "1573Mi")
    with Behaviour("quantities are compared as numbers"):
        pending_for(c, "over", "FailedBinding", "no persistent volumes")
    claim(c, "same", "1536000Ki")
    with Behaviour("and an equal one in other units fits"):
        bound(c, "same", "exact")
    clean(c)


def modes_and_selectors(c):
    volume(c, "vb", volumeMode="Block"); volume(c, "vf", "2Gi")
    available(c, "vb", "vf")
    claim(c, "cf")
    with Behaviour("volumeMode Filesystem does not take a Block volume"):
        bound(c, "cf", "vf")
    claim(c, "cb", volumeMode="Block")
    with Behaviour("volumeMode Block takes it"):
        bound(c, "cb", "vb")
    volume(c, "gold", labels={"tier": "gold", "n": "1"}); volume(c, "silver", labels={"tier": "silver"})
    available(c, "gold", "silver")
    claim(c, "csel", selector={"matchLabels": {"tier": "silver"}})
    with Behaviour("selector: matchLabels"):
        bound(c, "csel", "silver")
    claim(c, "cexp", selector={"matchExpressions": [{"key": "tier", "operator": "In", "values": ["gold", "x"]}, {"key": "n", "operator": "Exists"}]})
    with Behaviour("selector: matchExpressions"):
        bound(c, "cexp", "gold")
    claim(c, "cno", selector={"matchLabels": {"tier": "iron"}})
    volume(c, "bronze")
    available(c, "bronze")
    with Behaviour("what the selector does not match is left alone"):
        pending_for(c, "cno", "FailedBinding", "no persistent volumes")
    c.patch(PV + "/bronze", {"metadata": {"labels": {"tier": "iron"}}})
    with Behaviour("until its labels change"):
        bound(c, "cno", "bronze")
    for n in ("quick", "calm"):
        c.create(VAC, {"metadata": {"name": n}, "driverName": "x.example.com", "parameters": {"iops": "1"}})
    csi = {"csi": {"driver": "x.example.com", "volumeHandle": "h1"}}
    volume(c, "vq", **csi, volumeAttributesClassName="quick"); volume(c, "vn", "2Gi", csi={"driver": "x.example.com", "volumeHandle": "h2"})
    available(c, "vq", "vn")
    claim(c, "cn")
    with Behaviour("volumeAttributesClassName has to be equal: none"):
        bound(c, "cn", "vn")
    claim(c, "cc", volumeAttributesClassName="calm")
    with Behaviour("... another one"):
        pending_for(c, "cc", "FailedBinding", "no persistent volumes")
    claim(c, "cq", volumeAttributesClassName="quick")
    with Behaviour("... the same"):
        o, _ = bound(c, "cq", "vq")
    with Behaviour("currentVolumeAttributesClassName is the volume's"):
        same(o["status"].get("currentVolumeAttributesClassName"), "quick")
    c.patch(PV + "/vq", {"spec": {"claimRef": {"name": "other", "uid": "22222222-2222-2222-2222-222222222222"}}})
    with Behaviour("a lost claim has none"):
        soon(lambda: phase(pvc(c, "cq")) == "Lost")
        assert "currentVolumeAttributesClassName" not in pvc(c, "cq")["status"]
    clean(c)


# --- classes ---

def classes(c):
    storage_class(c, "fast", "kubernetes.io/no-provisioner")
    volume(c, "vfast", sc="fast"); volume(c, "vnone")
    available(c, "vfast", "vnone")
    claim(c, "cslow", sc="slow")
    with Behaviour("a class that is not there: ProvisioningFailed"):
        pending_for(c, "cslow", "ProvisioningFailed", 'storageclass.storage.k8s.io "slow" not found')
    claim(c, "cfast", sc="fast")
    with Behaviour("the class has to be equal"):
        bound(c, "cfast", "vfast")
    claim(c, "cempty", sc="")
    with Behaviour("both empty are equal"):
        bound(c, "cempty", "vnone")
    volume(c, "vslow", sc="slow")
    with Behaviour("a class need not exist for static volumes"):
        bound(c, "cslow", "vslow")
    claim(c, "cfast2", sc="fast")
    with Behaviour("no-provisioner and no volume: ProvisioningFailed"):
        pending_for(c, "cfast2", "ProvisioningFailed", "no volume plugin matched name: kubernetes.io/no-provisioner")
    volume(c, "vbeta", sc="", annotations={"volume.beta.kubernetes.io/storage-class": "old"})
    available(c, "vbeta")
    claim(c, "cbeta", sc=None, annotations={"volume.beta.kubernetes.io/storage-class": "old"})
    with Behaviour("the old annotation names the class, too"):
        bound(c, "cbeta", "vbeta")
    clean(c)
    # The default class
    c.patch(SC + "/local-path", {"metadata": {"annotations": {"storageclass.kubernetes.io/is-default-class": "false"}}})
    claim(c, "unset", sc=None)
    with Behaviour("no default class: the claim waits without one"):
        pending_for(c, "unset", "FailedBinding", "no storage class is set")
        assert "storageClassName" not in pvc(c, "unset")["spec"]
    volume(c, "classless")
    with Behaviour("unset and no default: a volume without class fits"):
        bound(c, "unset", "classless")
    claim(c, "late", sc=None)
    claim(c, "none", sc="")
    says(c, "late", "FailedBinding", "no storage class is set")
    storage_class(c, "older", default=True)
    with Behaviour("a default class that comes later is given to claims that left it open"):
        soon(lambda: pvc(c, "late")["spec"].get("storageClassName") == "older")
    with Behaviour("and asked for a volume"):
        says(c, "late", "ExternalProvisioning", "'example.com/none'")
    with Behaviour("who asked for none keeps none"):
        same(pvc(c, "none")["spec"]["storageClassName"], "")
    claim(c, "new", sc=None)
    with Behaviour("a new claim has it from the start"):
        same(pvc(c, "new")["spec"]["storageClassName"], "older")
    time.sleep(1.1)  # creationTimestamp counts seconds, and is what decides
    for n in ("older", "local-path"):
        c.patch(SC + "/" + n, {"metadata": {"annotations": {"storageclass.kubernetes.io/is-default-class": "false"}}})
    claim(c, "open", sc=None)
    says(c, "open", "FailedBinding", "no storage class is set")
    c.patch(SC + "/older", {"metadata": {"annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}})
    with Behaviour("a class that is marked later is given, too"):
        soon(lambda: pvc(c, "open")["spec"].get("storageClassName") == "older")
    storage_class(c, "newer", default=True)
    claim(c, "newest", sc=None)
    with Behaviour("of two defaults the newest counts"):
        same(pvc(c, "newest")["spec"]["storageClassName"], "newer")
    clean(c)
    c.patch(SC + "/local-path", {"metadata": {"annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}})


# --- bound beforehand ---

def prebinding(c):
    volume(c, "pa", "1Gi"); volume(c, "pb", "50Gi")
    available(c, "pa", "pb")
    claim(c, "byname", volumeName="pb")
    with Behaviour("volumeName decides"):
        o, v = bound(c, "byname", "pb")
    with Behaviour("who named it was not the controller"):
        assert "pv.kubernetes.io/bound-by-controller" not in o["metadata"]["annotations"]
        same(v["metadata"]["annotations"]["pv.kubernetes.io/bound-by-controller"], "yes")
    claim(c, "second", volumeName="pb")
    with Behaviour("a volume that another claim has: FailedBinding"):
        says(c, "second", "FailedBinding", 'volume "pb" already bound to a different claim.')
        same(phase(pvc(c, "second")), "Pending")
    claim(c, "absent", volumeName="nowhere")
    with Behaviour("volumeName of nothing: Pending"):
        time.sleep(0.3)
        same(phase(pvc(c, "absent")), "Pending")
    volume(c, "nowhere")
    with Behaviour("until it is there"):
        bound(c, "absent", "nowhere")
    storage_class(c, "k", "kubernetes.io/no-provisioner")
    for name, why, kw in (("small", "requested PV is too small", {"size": "2Gi"}), ("class", "storageClassName does not match", {"sc": "k"}),
                          ("mode", "incompatible volumeMode", {"volumeMode": "Block"}), ("modes", "incompatible accessMode", {"modes": (RWX,)})):
        claim(c, name, volumeName="pa", **kw)
        with Behaviour("VolumeMismatch: " + why):
            says(c, name, "VolumeMismatch", 'Cannot bind to requested volume "pa": ' + why)
            same(phase(pvc(c, name)), "Pending")
    claim(c, "labelled", volumeName="pa", selector={"matchLabels": {"no": "such"}})
    with Behaviour("who names the volume needs no selector"):
        bound(c, "labelled", "pa")
    clean(c)
    # claimRef
    volume(c, "kept", "20Gi", claim="friend", sc="other"); volume(c, "small", "1Gi")
    available(c, "kept", "small")
    with Behaviour("a volume that is kept for a claim is Available until that comes"):
        same(pv(c, "kept")["spec"]["claimRef"]["name"], "friend")
    claim(c, "stranger", "10Gi", sc="other")
    with Behaviour("others do not get it"):
        pending_for(c, "stranger", "ProvisioningFailed", "not found")
    claim(c, "friend")
    with Behaviour("its claim does, of whatever class, before a smaller one"):
        o, v = bound(c, "friend", "kept")
    with Behaviour("who kept it was not the controller"):
        assert "pv.kubernetes.io/bound-by-controller" not in v["metadata"].get("annotations", {})
    volume(c, "kept2", "1Gi", claim="greedy")
    available(c, "kept2")
    claim(c, "greedy", "30Gi")
    with Behaviour("one that is too small for its claim is not bound"):
        pending_for(c, "greedy", "FailedBinding", "no persistent volumes")
    volume(c, "wrong", claim={"namespace": "default", "name": "uidless", "uid": "11111111-1111-1111-1111-111111111111"})
    with Behaviour("claimRef with the uid of a claim that is not: Released"):
        soon(lambda: phase(pv(c, "wrong")) == "Released")
    claim(c, "both", volumeName="mutual")
    volume(c, "mutual", claim="both")
    with Behaviour("bound beforehand from both sides"):
        o, v = bound(c, "both", "mutual")
        for x in (o, v):
            assert "pv.kubernetes.io/bound-by-controller" not in x["metadata"].get("annotations", {})
    claim(c, "blocky", volumeMode="Block")
    says(c, "blocky", "FailedBinding", "no persistent volumes")
    volume(c, "filey", claim={"namespace": "default", "name": "blocky", "uid": pvc(c, "blocky")["metadata"]["uid"]})
    with Behaviour("a volume made for a claim of another volumeMode: VolumeMismatch at the volume"):
        says(c, "filey", "VolumeMismatch", 'Cannot bind PersistentVolume to requested PersistentVolumeClaim "blocky" due to incompatible volumeMode.')
    with Behaviour("and at the claim"):
        says(c, "blocky", "VolumeMismatch", 'Cannot bind PersistentVolume "filey" to requested PersistentVolumeClaim due to incompatible volumeMode.')
    clean(c)
    # two for one
    volume(c, "first"); available(c, "first"); claim(c, "has"); o, _ = bound(c, "has", "first")
    volume(c, "extra", claim={"namespace": "default", "name": "has", "uid": o["metadata"]["uid"]})
    with Behaviour("a second volume of a bound claim: its uid is taken away, the name stays"):
        soon(lambda: phase(pv(c, "extra")) == "Available" and "uid" not in pv(c, "extra")["spec"]["claimRef"])
        same(pv(c, "extra")["spec"]["claimRef"]["name"], "has")
    volume(c, "extra2", claim={"namespace": "default", "name": "has", "uid": o["metadata"]["uid"]}, annotations={"pv.kubernetes.io/bound-by-controller": "yes"})
    with Behaviour("one that the controller had bound is anybody's again"):
        soon(lambda: phase(pv(c, "extra2")) == "Available" and "claimRef" not in pv(c, "extra2")["spec"])
        assert "pv.kubernetes.io/bound-by-controller" not in pv(c, "extra2")["metadata"].get("annotations", {})
    volume(c, "extra3", claim={"namespace": "default", "name": "has", "uid": o["metadata"]["uid"]}, persistentVolumeReclaimPolicy="Delete",
           annotations={"pv.kubernetes.io/provisioned-by": "example.com/p"})
    with Behaviour("one that was made for it is released, for its provisioner to delete"):
        soon(lambda: phase(pv(c, "extra3")) == "Released")
    clean(c)


# --- what is lost ---

def losing(c):
    volume(c, "l1"); volume(c, "l2"); available(c, "l1", "l2")
    claim(c, "lost", volumeName="l1"); claim(c, "mis", volumeName="l2")
    bound(c, "lost", "l1"); bound(c, "mis", "l2")
    c.delete(PV + "/l1")
    with Behaviour("a bound volume that is deleted stays while it is bound"):
        time.sleep(0.3)
        same(phase(pv(c, "l1")), "Bound")
        assert pv(c, "l1")["metadata"]["deletionTimestamp"]
    c.patch(PV + "/l1", {"metadata": {"finalizers": None}})
    with Behaviour("its object is gone all the same: Lost"):
        soon(lambda: phase(pvc(c, "lost")) == "Lost")
    with Behaviour("ClaimLost"):
        says(c, "lost", "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!")
    with Behaviour("a lost claim has no capacity"):
        assert "capacity" not in pvc(c, "lost")["status"] and "accessModes" not in pvc(c, "lost")["status"]
    c.patch(PV + "/l2", {"spec": {"claimRef": {"name": "other", "uid": "22222222-2222-2222-2222-222222222222"}}})
    with Behaviour("its volume is another claim's: ClaimMisbound, Lost"):
        says(c, "mis", "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly")
        soon(lambda: phase(pvc(c, "mis")) == "Lost")
    volume(c, "l3"); available(c, "l3"); claim(c, "again", volumeName="l3"); o, _ = bound(c, "again", "l3")
    c.patch(PV + "/l3", {"spec": {"claimRef": None}})
    with Behaviour("a volume whose claimRef was taken away is bound again"):
        soon(lambda: pv(c, "l3")["spec"].get("claimRef", {}).get("uid") == o["metadata"]["uid"] and phase(pv(c, "l3")) == "Bound")
    volume(c, "l4", "3Gi"); available(c, "l4"); claim(c, "grown", volumeName="l4"); bound(c, "grown", "l4")
    c.patch(PV + "/l4", {"spec": {"capacity": {"storage": "9Gi"}}})
    with Behaviour("the size of a bound claim is the resizer's, not the binder's"):
        time.sleep(0.3)
        same(pvc(c, "grown")["status"]["capacity"]["storage"], "3Gi")
    volume(c, "l5", "8Gi", annotations={"volume.alpha.kubernetes.io/pre-resize-capacity": "5Gi"})
    available(c, "l5"); claim(c, "half", volumeName="l5")
    with Behaviour("of a volume whose file system was not grown yet the claim has what that one holds"):
        same(bound(c, "half", "l5")[0]["status"]["capacity"], {"storage": "5Gi"})
    claim(c, "hand", annotations={"pv.kubernetes.io/bind-completed": "yes"})
    with Behaviour("a claim that was bound, and names no volume, is Lost"):
        says(c, "hand", "ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!")
        same(phase(pvc(c, "hand")), "Lost")
    clean(c)


# --- reclaiming ---

def reclaiming(c):
    volume(c, "keep", persistentVolumeReclaimPolicy="Retain"); volume(c, "del", "2Gi", persistentVolumeReclaimPolicy="Delete")
    volume(c, "ext", "3Gi", persistentVolumeReclaimPolicy="Delete", annotations={"pv.kubernetes.io/provisioned-by": "example.com/p"})
    volume(c, "tree", "4Gi", persistentVolumeReclaimPolicy="Delete", annotations={"pv.kubernetes.io/provisioned-by": "kubernetes.io/aws-ebs"})
    volume(c, "drv", "5Gi", persistentVolumeReclaimPolicy="Delete", csi={"driver": "x.example.com", "volumeHandle": "h"})
    available(c, "keep", "del", "ext", "tree", "drv")
    for n in ("keep", "del", "ext", "tree", "drv"):
        claim(c, "c-" + n, volumeName=n)
        bound(c, "c-" + n, n)
    for n in ("keep", "del", "ext", "tree", "drv"):
        c.delete(PVC + "/c-" + n)
        soon(lambda: gone(c, PVC + "/c-" + n))
    with Behaviour("Retain: Released"):
        soon(lambda: phase(pv(c, "keep")) == "Released")
        same(pv(c, "keep")["spec"]["claimRef"]["name"], "c-keep")
    with Behaviour("Delete without a plug-in: Failed"):
        soon(lambda: phase(pv(c, "del")) == "Failed")
    with Behaviour("... with VolumeFailedDelete"):
        says(c, "del", "VolumeFailedDelete", 'error getting deleter volume plugin for volume "del": no deletable volume plugin matched')
        same(pv(c, "del")["status"]["message"], 'error getting deleter volume plugin for volume "del": no deletable volume plugin matched')
    with Behaviour("Delete of an external provisioner's: Released, for it to delete"):
        soon(lambda: phase(pv(c, "ext")) == "Released")
    with Behaviour("Delete of a CSI volume that nobody has provisioned: Released, which nobody calls a failure"):
        soon(lambda: phase(pv(c, "drv")) == "Released")
        time.sleep(0.3)
        same(phase(pv(c, "drv")), "Released")
    with Behaviour("Delete of a plug-in of Kubernetes' own that there is not: Failed"):
        says(c, "tree", "VolumeFailedDelete", "no volume plugin matched name: kubernetes.io/aws-ebs")
    claim(c, "c-keep")
    with Behaviour("a released volume is not given to a new claim of that name"):
        pending_for(c, "c-keep", "FailedBinding", "no persistent volumes")
        same(phase(pv(c, "keep")), "Released")
    c.patch(PV + "/keep", {"spec": {"claimRef": None}})
    with Behaviour("when its claimRef is taken away it is Available, and taken"):
        bound(c, "c-keep", "keep")
    c.patch(PV + "/del", {"spec": {"claimRef": None}})
    with Behaviour("the same of a failed one"):
        available(c, "del")
    c.delete(PV + "/ext")
    with Behaviour("a released volume can be deleted"):
        soon(lambda: gone(c, PV + "/ext"))
    c.delete(PV + "/del")
    with Behaviour("an available one, too"):
        soon(lambda: gone(c, PV + "/del"))
    clean(c)


def let_go(c, n):
    """What the node that runs it would do."""
    try:
        c.delete("/api/v1/namespaces/kube-system/pods/recycler-for-" + n, gracePeriodSeconds=0)
    except ApiError as e:
        assert e.code == 404, e


def recycling(c):
    def emptied(n):
        return c.get("/api/v1/namespaces/kube-system/pods/recycler-for-" + n)
    c.create("/api/v1/namespaces/kube-system/configmaps", {"metadata": {"name": "minik-recycler"}, "data": {"image": "example.com/scrub:1"}})
    volume(c, "rec", "3Gi", persistentVolumeReclaimPolicy="Recycle"); available(c, "rec")
    claim(c, "dirty"); o, _ = bound(c, "dirty", "rec")
    c.create(PODS, {"metadata": {"name": "user"}, "spec": {"nodeName": "a", "containers": [{"name": "c", "image": "x"}],
                                                          "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "dirty"}}]}})
    c.delete(PVC + "/dirty")
    c.patch(PVC + "/dirty", {"metadata": {"finalizers": None}})
    with Behaviour("Recycle waits for pods that use the volume"):
        says(c, "rec", "VolumeFailedRecycle", "Volume is used by pods: default/user")
        same(phase(pv(c, "rec")), "Released")
    c.delete(PODS + "/user", gracePeriodSeconds=0)
    with Behaviour("then a pod empties it"):
        p = soon(lambda: emptied("rec"))
        same(p["spec"]["volumes"][0]["hostPath"]["path"], "/tmp/minik-none/rec")
        same(p["spec"]["containers"][0]["image"], "example.com/scrub:1")
        same(p["spec"]["activeDeadlineSeconds"], 150)
    c.patch("/api/v1/namespaces/kube-system/pods/recycler-for-rec/status", {"status": {"phase": "Succeeded"}})
    with Behaviour("which has ended well: Available, without a claim"):
        soon(lambda: phase(pv(c, "rec")) == "Available" and "claimRef" not in pv(c, "rec")["spec"])
        says(c, "rec", "VolumeRecycled", "Volume recycled")
    with Behaviour("and the pod is removed"):
        soon(lambda: gone(c, "/api/v1/namespaces/kube-system/pods/recycler-for-rec") or "deletionTimestamp" in emptied("rec")["metadata"])
        let_go(c, "rec")
    claim(c, "dirty2"); bound(c, "dirty2", "rec"); c.delete(PVC + "/dirty2")
    soon(lambda: emptied("rec"))
    c.patch("/api/v1/namespaces/kube-system/pods/recycler-for-rec/status", {"status": {"phase": "Failed", "message": "no such file"}})
    with Behaviour("which has failed: Failed, and why"):
        soon(lambda: phase(pv(c, "rec")) == "Failed")
        says(c, "rec", "VolumeFailedRecycle", "Recycle failed: pod kube-system/recycler-for-rec failed: no such file")
    let_go(c, "rec")
    with Behaviour("another one tries again"):
        soon(lambda: emptied("rec")["status"].get("phase") == "Pending")
    c.delete(PV + "/rec")
    soon(lambda: gone(c, PV + "/rec"))
    let_go(c, "rec")
    c.delete("/api/v1/namespaces/kube-system/configmaps/minik-recycler")
    clean(c)


# --- protection ---

def protection(c):
    def using(name, claim, **kw):
        return c.create(PODS, {"metadata": {"name": name}, "spec": {"containers": [{"name": "c", "image": "x"}], **kw,
                                                                  "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": claim}}]}})
    volume(c, "p1"); available(c, "p1"); claim(c, "used"); bound(c, "used", "p1")
    with Behaviour("a claim has its finalizer"):
        same(pvc(c, "used")["metadata"]["finalizers"], ["kubernetes.io/pvc-protection"])
    using("user", "used", nodeName="a")
    c.delete(PVC + "/used")
    with Behaviour("a claim that a pod uses stays while it is deleted"):
        time.sleep(0.5)
        assert pvc(c, "used")["metadata"]["deletionTimestamp"]
        same(phase(pv(c, "p1")), "Bound")
    c.patch(PODS + "/user/status", {"status": {"phase": "Succeeded"}})
    with Behaviour("also when the pod has ended, as long as its object is there"):
        time.sleep(0.5)
        assert pvc(c, "used")["metadata"]["deletionTimestamp"]
    c.delete(PODS + "/user", gracePeriodSeconds=0)
    with Behaviour("the last pod goes: the claim goes"):
        soon(lambda: gone(c, PVC + "/used"))
    with Behaviour("and its volume is released"):
        soon(lambda: phase(pv(c, "p1")) == "Released")
    volume(c, "p2"); available(c, "p2"); claim(c, "idle"); bound(c, "idle", "p2")
    using("nowhere", "idle", nodeSelector={"no": "such"})
    c.delete(PVC + "/idle")
    with Behaviour("a pod without a node does not keep its claim"):
        soon(lambda: gone(c, PVC + "/idle"))
    c.delete(PODS + "/nowhere", gracePeriodSeconds=0)
    o = claim(c, "bare")
    c.patch(PVC + "/bare", {"metadata": {"finalizers": None}})
    with Behaviour("a claim without finalizer gets it again"):
        soon(lambda: pvc(c, "bare")["metadata"].get("finalizers") == ["kubernetes.io/pvc-protection"])
    volume(c, "p3", "3Gi", sc="z"); available(c, "p3")
    c.patch(PV + "/p3", {"metadata": {"finalizers": None}})
    with Behaviour("a volume, too"):
        soon(lambda: pv(c, "p3")["metadata"].get("finalizers") == ["kubernetes.io/pv-protection"])
    volume(c, "p4", sc="h"); available(c, "p4"); claim(c, "holder", sc="h"); bound(c, "holder", "p4")
    c.delete(PV + "/p4")
    time.sleep(0.3)
    with Behaviour("a bound volume stays while it is deleted"):
        assert pv(c, "p4")["metadata"]["deletionTimestamp"]
    c.delete(PVC + "/holder")
    with Behaviour("until its claim is gone"):
        soon(lambda: gone(c, PV + "/p4"))
    clean(c)


# --- waiting for a consumer ---

def consumers(c):
    storage_class(c, "wait", "kubernetes.io/no-provisioner", wait=True)
    storage_class(c, "dyn", "example.com/dyn", wait=True)
    volume(c, "w1", sc="wait"); available(c, "w1")
    claim(c, "cw", sc="wait")
    with Behaviour("WaitForFirstConsumer: no consumer"):
        pending_for(c, "cw", "WaitForFirstConsumer", "waiting for first consumer to be created before binding")
    with Behaviour("the volume is left alone"):
        same(phase(pv(c, "w1")), "Available")
    for n in ("z1", "z0"):
        c.create(PODS, {"metadata": {"name": n}, "spec": {"schedulerName": "nobody", "containers": [{"name": "c", "image": "x"}],
                                                         "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "cw"}}]}})
        with Behaviour("a pod that waits for its node: " + n):
            says(c, "cw", "WaitForPodScheduled", "waiting for pod z1 to be scheduled" if n == "z1" else "waiting for pods z0,z1 to be scheduled")
    c.patch(PVC + "/cw", {"metadata": {"annotations": {SELECTED: "a"}}})
    with Behaviour("also with a selected node the binder chooses no volume itself"):
        time.sleep(0.4)
        same(phase(pvc(c, "cw")), "Pending")
        same(phase(pv(c, "w1")), "Available")
    c.patch(PV + "/w1", {"spec": {"claimRef": {"kind": "PersistentVolumeClaim", "apiVersion": "v1", "namespace": "default", "name": "cw",
                                                "uid": pvc(c, "cw")["metadata"]["uid"]}}, "metadata": {"annotations": {"pv.kubernetes.io/bound-by-controller": "yes"}}})
    with Behaviour("the scheduler's choice is completed"):
        bound(c, "cw", "w1")
    for n in ("z0", "z1"):
        c.delete(PODS + "/" + n, gracePeriodSeconds=0)
    claim(c, "cd", sc="dyn")
    with Behaviour("a class that provisions waits as well"):
        pending_for(c, "cd", "WaitForFirstConsumer", "waiting for first consumer")
        assert "volume.kubernetes.io/storage-provisioner" not in pvc(c, "cd")["metadata"].get("annotations", {})
    c.patch(PVC + "/cd", {"metadata": {"annotations": {SELECTED: "a"}}})
    with Behaviour("selected-node: the provisioner is asked, by both annotations"):
        soon(lambda: pvc(c, "cd")["metadata"]["annotations"].get("volume.kubernetes.io/storage-provisioner") == "example.com/dyn")
        same(pvc(c, "cd")["metadata"]["annotations"]["volume.beta.kubernetes.io/storage-provisioner"], "example.com/dyn")
    with Behaviour("ExternalProvisioning, in Kubernetes' words"):
        says(c, "cd", "ExternalProvisioning", "Waiting for a volume to be created either by the external provisioner 'example.com/dyn' or manually by the system "
             "administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.")
    volume(c, "w2", sc="dyn", claim="cd")
    with Behaviour("or a volume that an administrator keeps for it"):
        bound(c, "cd", "w2")
    claim(c, "quiet", sc="dyn", annotations={SELECTED: "a"})
    says(c, "quiet", "ExternalProvisioning", "example.com/dyn")
    for i in range(20):
        c.patch(PVC + "/quiet", {"metadata": {"labels": {"n": str(i)}}})
    with Behaviour("what does not change is not said again"):
        time.sleep(0.5)
        e = [x for x in c.get(EVENTS, fieldSelector="involvedObject.name=quiet")["items"] if x["reason"] == "ExternalProvisioning"]
        same([x.get("count", 1) for x in e], [1])
    clean(c)


def node_choice(c):
    storage_class(c, "here", "minik.io/local-path")
    claim(c, "imm", sc="here")
    with Behaviour("Immediate local-path: the first Ready node is chosen"):
        soon(lambda: pvc(c, "imm")["metadata"].get("annotations", {}).get(SELECTED) == "a")
    with Behaviour("and the provisioner asked, of whom nobody says that he is external"):
        soon(lambda: pvc(c, "imm")["metadata"]["annotations"].get("volume.kubernetes.io/storage-provisioner") == "minik.io/local-path")
        time.sleep(0.3)
        assert not [x for x in c.get(EVENTS, fieldSelector="involvedObject.name=imm")["items"] if x["reason"] == "ExternalProvisioning"]
    storage_class(c, "there", "minik.io/local-path", allowedTopologies=[{"matchLabelExpressions": [{"key": "kubernetes.io/hostname", "values": ["b"]}]}])
    claim(c, "far", sc="there")
    with Behaviour("not a node that the class does not allow"):
        says(c, "far", "WaitForNode", "no node is Ready to hold the volume")
        assert SELECTED not in pvc(c, "far")["metadata"].get("annotations", {})
    clean(c)


# --- the user's example ---

def example_before(c):
    make_crd(c, crd("pools", "ceph.rook.io", "Pool", [version("v1beta1")]))
    with Behaviour("the user's Pool is kept as written"):
        c.create("/apis/ceph.rook.io/v1beta1/namespaces/default/pools", {
            "apiVersion": "ceph.rook.io/v1beta1", "kind": "Pool", "metadata": {"name": "replicapool"}, "spec": {"replicated": {"size": 3}}})
        same(c.get("/apis/ceph.rook.io/v1beta1/namespaces/default/pools/replicapool")["spec"], {"replicated": {"size": 3}})
    c.create(SC, {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "block-service"}, "provisioner": "ceph.rook.io/block",
                  "parameters": {"pool": "replicapool", "clusterNamespace": "rook-ceph"}})
    claim(c, "claim1", "30Gi", sc="block-service")
    with Behaviour("without its provisioner the claim says which one it waits for"):
        pending_for(c, "claim1", "ExternalProvisioning", "external provisioner 'ceph.rook.io/block'")


def example_after(c):
    with Behaviour("with it the claim is bound"):
        name = "pvc-" + pvc(c, "claim1")["metadata"]["uid"]
        o, v = bound(c, "claim1", name)
        same(o["status"]["capacity"]["storage"], "30Gi")
    with Behaviour("the provisioner has the parameters"):
        subset({"parameters/pool": "replicapool", "parameters/clusterNamespace": "rook-ceph", "pv.kubernetes.io/provisioned-by": "ceph.rook.io/block"},
               v["metadata"]["annotations"])
    with Behaviour("the volume was not bound by the controller"):
        assert "pv.kubernetes.io/bound-by-controller" not in v["metadata"]["annotations"]
        same(o["metadata"]["annotations"]["pv.kubernetes.io/bound-by-controller"], "yes")
    c.delete(PVC + "/claim1")
    with Behaviour("the claim is deleted: the provisioner deletes its volume"):
        soon(lambda: gone(c, PV + "/" + name))
    storage_class(c, "topo", "ceph.rook.io/block", wait=True)
    claim(c, "later", sc="topo")
    says(c, "later", "WaitForFirstConsumer", "waiting for first consumer")
    c.patch(PVC + "/later", {"metadata": {"annotations": {SELECTED: "a"}}})
    with Behaviour("with WaitForFirstConsumer it provisions for the selected node"):
        o, v = bound(c, "later", "pvc-" + pvc(c, "later")["metadata"]["uid"])
        assert v["spec"]["nodeAffinity"]
    c.delete(PVC + "/later")
    c.create(SC, {"metadata": {"name": "retained"}, "provisioner": "ceph.rook.io/block", "reclaimPolicy": "Retain"})
    claim(c, "kept", sc="retained")
    name = "pvc-" + pvc(c, "kept")["metadata"]["uid"]
    bound(c, "kept", name)
    c.delete(PVC + "/kept")
    with Behaviour("of policy Retain it stays"):
        soon(lambda: phase(pv(c, name)) == "Released")
        time.sleep(0.3)
        same(phase(pv(c, name)), "Released")
    claim(c, "raced", sc="retained", annotations={"x": "y"})
    c.delete(PVC + "/raced")
    with Behaviour("a claim that is deleted at once leaves no volume bound"):
        soon(lambda: gone(c, PVC + "/raced") and all(phase(x) != "Bound" for x in c.get(PV)["items"]))
    clean(c)


# --- many, and at the same time ---

def fill(c, prefix, n, threads=4):
    """n volumes and n claims of the same shape, in whatever order; a server that dies is asked again."""
    def again(fn):
        while True:
            try:
                return fn()
            except ApiError as e:
                if e.code == 409:
                    return None
                time.sleep(0.05)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)

    def work(k):
        for i in range(k, n, threads):
            again(lambda: claim(c, "%s-%d" % (prefix, i)) if i % 2 else volume(c, "%s-%d" % (prefix, i)))
            again(lambda: volume(c, "%s-%d" % (prefix, i)) if i % 2 else claim(c, "%s-%d" % (prefix, i)))
    t = [threading.Thread(target=work, args=(k,)) for k in range(threads)]
    for x in t:
        x.start()
    for x in t:
        x.join()


def whole(c, prefix, n, seconds=60):
    """All are bound, one to one."""
    def all_bound():
        claims = [x for x in c.get(PVC)["items"] if x["metadata"]["name"].startswith(prefix + "-")]
        return claims if len(claims) == n and all(phase(x) == "Bound" for x in claims) else None
    claims = eventually(all_bound, seconds, "all bound")
    volumes = {x["metadata"]["name"]: x for x in c.get(PV)["items"]}
    same(len({x["spec"]["volumeName"] for x in claims}), n, "volumes in use")
    for x in claims:
        v = volumes[x["spec"]["volumeName"]]
        same(v["spec"]["claimRef"]["uid"], x["metadata"]["uid"], "claimRef")
        same(v["spec"]["claimRef"]["name"], x["metadata"]["name"], "claimRef")
        same(phase(v), "Bound", v["metadata"]["name"])
        same(x["status"].get("capacity"), {"storage": "1Gi"}, "capacity")
    return {x["metadata"]["name"]: x["spec"]["volumeName"] for x in claims}


def crowd(c):
    with Behaviour("150 claims and 150 volumes in any order: one to one"):
        fill(c, "crowd", 150)
        whole(c, "crowd", 150)
    clean(c)


def rivals(c):
    with Behaviour("two binders at the same time: 200 claims, 200 volumes, one to one"):
        fill(c, "rival", 200)
        whole(c, "rival", 200)
    clean(c)


def kills(c):
    """Until the file that MARK names is there the server is killed again and again; meanwhile claims are bound."""
    mark, r = os.environ["MARK"], 0
    before = {}

    def read(fn):
        while True:
            try:
                return fn()
            except (OSError, http.client.HTTPException, ApiError):
                time.sleep(0.05)
    while not os.path.exists(mark) or r == 0:
        fill(c, "k%d" % r, 24)
        for x in read(lambda: c.get(PVC))["items"]:
            n = x["metadata"]["name"]
            if phase(x) == "Bound":
                if before.setdefault(n, x["spec"]["volumeName"]) != x["spec"]["volumeName"]:
                    not_ok("a binding never changes", "%s: %s, then %s" % (n, before[n], x["spec"]["volumeName"]))
        r += 1
    with Behaviour("killed in the midst, %d times 24 claims: all are bound, one to one" % r):
        for i in range(r):
            now = read(lambda: whole(c, "k%d" % i, 24))
            for n, v in now.items():
                same(v, before.get(n, v), "the volume of " + n)
        spare = [x["metadata"]["name"] for x in c.get(PV)["items"] if phase(x) != "Bound"]
        same(spare, [], "volumes that are not bound")
    read(lambda: clean(c))


PARTS = {f.__name__: f for f in (matching, modes_and_selectors, classes, prebinding, losing, reclaiming, recycling, protection, consumers, node_choice,
                                 example_before, example_after, crowd, rivals, kills)}


def run(c):
    for name in sys.argv[1:]:
        try:
            PARTS[name](c)
        except Exception:
            not_ok(name, traceback.format_exc()[-1500:])


main(run)
