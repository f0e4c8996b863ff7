/*
 * The CRDs of snapshots, v1. They are made where there are none; those of somebody else stay as they are. What can be said without rules in CEL is said without,
 * since minik's API server does not evaluate them; that sources are immutable cannot.
 */
#include "base/str.h"
#include "storage/snapshot.h"

#define TEXT(d) "{\"type\":\"string\",\"description\":\"" d "\"}"
#define TYPE_META "\"apiVersion\":{\"type\":\"string\"},\"kind\":{\"type\":\"string\"},\"metadata\":{\"type\":\"object\"}"
#define ERROR_SCHEMA                                                                                                                                            \
	"{\"type\":\"object\",\"description\":\"What last went wrong, and when.\",\"properties\":{\"message\":{\"type\":\"string\"},"                                    \
	"\"time\":{\"type\":\"string\",\"format\":\"date-time\"}}}"
#define IMMUTABLE(what) "\"x-kubernetes-validations\":[{\"rule\":\"self == oldSelf\",\"message\":\"" what " is immutable\"}]"
#define REQUIRED_ONCE(f) "{\"rule\":\"!has(oldSelf." f ") || has(self." f ")\",\"message\":\"" f " is required once set\"}"
#define COLUMN(name, type, path, d) "{\"name\":\"" name "\",\"type\":\"" type "\",\"jsonPath\":\"" path "\",\"description\":\"" d "\"}"
#define AGE "{\"name\":\"Age\",\"type\":\"date\",\"jsonPath\":\".metadata.creationTimestamp\"}"
#define POLICY "{\"type\":\"string\",\"enum\":[\"Delete\",\"Retain\"],\"description\":\"Whether the snapshot in the storage system goes with the VolumeSnapshot.\"}"
#define CRD(plural, kind, singular, shorts, scope, columns, status, schema)                                                                                      \
	"{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{\"name\":\"" plural "." SNAPSHOT_GROUP "\","              \
	"\"annotations\":{\"api-approved.kubernetes.io\":\"https://github.com/kubernetes-csi/external-snapshotter/pull/814\"}},"                                       \
	"\"spec\":{\"group\":\"" SNAPSHOT_GROUP "\",\"scope\":\"" scope "\",\"names\":{\"plural\":\"" plural "\",\"kind\":\"" kind "\",\"listKind\":\"" kind         \
	"List\",\"singular\":\"" singular "\",\"shortNames\":[" shorts "]},\"versions\":[{\"name\":\"v1\",\"served\":true,\"storage\":true,"                           \
	"\"additionalPrinterColumns\":[" columns "]" status ",\"schema\":{\"openAPIV3Schema\":" schema "}}]}}"
#define STATUS ",\"subresources\":{\"status\":{}}"

const char *const snapshot_crd_names[SNAPSHOT_CRDS] = {"volumesnapshotclasses." SNAPSHOT_GROUP, "volumesnapshotcontents." SNAPSHOT_GROUP,
						       "volumesnapshots." SNAPSHOT_GROUP};

static const char *const texts[SNAPSHOT_CRDS] = {
	CRD("volumesnapshotclasses", "VolumeSnapshotClass", "volumesnapshotclass", "\"vsclass\",\"vsclasses\"", "Cluster",
	    COLUMN("Driver", "string", ".driver", "Which plug-in makes the snapshots.") "," COLUMN("DeletionPolicy", "string", ".deletionPolicy", "What becomes of a snapshot when its VolumeSnapshot goes.") "," AGE, "",
	    "{\"type\":\"object\",\"description\":\"How snapshots of one driver are made.\",\"required\":[\"deletionPolicy\",\"driver\"],\"properties\":{" TYPE_META
	    ",\"deletionPolicy\":" POLICY ",\"driver\":" TEXT("The storage driver.") ","
	    "\"parameters\":{\"type\":\"object\",\"description\":\"For the driver.\",\"additionalProperties\":{\"type\":\"string\"}}}}"),
	CRD("volumesnapshotcontents", "VolumeSnapshotContent", "volumesnapshotcontent", "\"vsc\",\"vscs\"", "Cluster",
	    COLUMN("ReadyToUse", "boolean", ".status.readyToUse", "Can volumes be made of it?") ","
	    COLUMN("RestoreSize", "integer", ".status.restoreSize", "The least size of such a volume, in bytes.") ","
	    COLUMN("DeletionPolicy", "string", ".spec.deletionPolicy", "What becomes of the snapshot when its VolumeSnapshot goes.") ","
	    COLUMN("Driver", "string", ".spec.driver", "Which plug-in has it.") ","
	    COLUMN("VolumeSnapshotClass", "string", ".spec.volumeSnapshotClassName", "The class it was made by.") ","
	    COLUMN("VolumeSnapshot", "string", ".spec.volumeSnapshotRef.name", "What it is bound to.") ","
	    COLUMN("VolumeSnapshotNamespace", "string", ".spec.volumeSnapshotRef.namespace", "Where that is.") "," AGE, STATUS,
	    "{\"type\":\"object\",\"description\":\"A snapshot in a storage system.\",\"required\":[\"spec\"],\"properties\":{" TYPE_META ",\"spec\":{\"type\":\"object\","
	    "\"required\":[\"deletionPolicy\",\"driver\",\"source\",\"volumeSnapshotRef\"],"
	    "\"x-kubernetes-validations\":[" REQUIRED_ONCE("sourceVolumeMode") "],\"properties\":{"
	    "\"deletionPolicy\":" POLICY ",\"driver\":" TEXT("The storage driver, as it names itself.") ","
	    "\"source\":{\"type\":\"object\",\"description\":\"A volume to make it of, or a snapshot that is there.\",\"properties\":{"
	    "\"snapshotHandle\":{\"type\":\"string\"," IMMUTABLE("snapshotHandle") "},\"volumeHandle\":{\"type\":\"string\"," IMMUTABLE("volumeHandle") "}},"
	    "\"oneOf\":[{\"required\":[\"snapshotHandle\"]},{\"required\":[\"volumeHandle\"]}],"
	    "\"x-kubernetes-validations\":[" REQUIRED_ONCE("volumeHandle") "," REQUIRED_ONCE("snapshotHandle") "]},"
	    "\"sourceVolumeMode\":{\"type\":\"string\",\"description\":\"Filesystem or Block, as the volume was.\"," IMMUTABLE("sourceVolumeMode") "},"
	    "\"volumeSnapshotClassName\":" TEXT("The class it was made by.") ","
	    "\"volumeSnapshotRef\":{\"type\":\"object\",\"description\":\"The VolumeSnapshot it is bound to.\",\"x-kubernetes-map-type\":\"atomic\",\"properties\":{"
	    "\"apiVersion\":{\"type\":\"string\"},\"fieldPath\":{\"type\":\"string\"},\"kind\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},"
	    "\"namespace\":{\"type\":\"string\"},\"resourceVersion\":{\"type\":\"string\"},\"uid\":{\"type\":\"string\"}},"
	    "\"required\":[\"name\",\"namespace\"]}}},"
	    "\"status\":{\"type\":\"object\",\"properties\":{\"creationTime\":{\"type\":\"integer\",\"format\":\"int64\",\"description\":\"Nanoseconds since 1970.\"},"
	    "\"error\":" ERROR_SCHEMA ",\"readyToUse\":{\"type\":\"boolean\"},\"restoreSize\":{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":0},"
	    "\"snapshotHandle\":{\"type\":\"string\"},\"volumeGroupSnapshotHandle\":{\"type\":\"string\"}}}}}"),
	CRD("volumesnapshots", "VolumeSnapshot", "volumesnapshot", "\"vs\"", "Namespaced",
	    COLUMN("ReadyToUse", "boolean", ".status.readyToUse", "Can volumes be made of it?") ","
	    COLUMN("SourcePVC", "string", ".spec.source.persistentVolumeClaimName", "The claim it is of.") ","
	    COLUMN("SourceSnapshotContent", "string", ".spec.source.volumeSnapshotContentName", "The content it is of.") ","
	    COLUMN("RestoreSize", "string", ".status.restoreSize", "The least size of a volume made of it.") ","
	    COLUMN("SnapshotClass", "string", ".spec.volumeSnapshotClassName", "Its class.") ","
	    COLUMN("SnapshotContent", "string", ".status.boundVolumeSnapshotContentName", "What it is bound to.") ","
	    COLUMN("CreationTime", "date", ".status.creationTime", "The moment that it shows.") "," AGE, STATUS,
	    "{\"type\":\"object\",\"description\":\"A wish for a snapshot of a claim's volume.\",\"required\":[\"spec\"],\"properties\":{" TYPE_META ",\"spec\":{\"type\":\"object\","
	    "\"required\":[\"source\"],\"properties\":{\"source\":{\"type\":\"object\",\"description\":\"A claim, or a content that is there.\",\"properties\":{"
	    "\"persistentVolumeClaimName\":{\"type\":\"string\"," IMMUTABLE("persistentVolumeClaimName") "},"
	    "\"volumeSnapshotContentName\":{\"type\":\"string\"," IMMUTABLE("volumeSnapshotContentName") "}},"
	    "\"oneOf\":[{\"required\":[\"persistentVolumeClaimName\"]},{\"required\":[\"volumeSnapshotContentName\"]}],"
	    "\"x-kubernetes-validations\":[" REQUIRED_ONCE("persistentVolumeClaimName") "," REQUIRED_ONCE("volumeSnapshotContentName") "]},"
	    "\"volumeSnapshotClassName\":{\"type\":\"string\",\"minLength\":1,\"description\":\"Its class; left out: the default one of the volume's driver.\"}}},"
	    "\"status\":{\"type\":\"object\",\"properties\":{\"boundVolumeSnapshotContentName\":{\"type\":\"string\"},"
	    "\"creationTime\":{\"type\":\"string\",\"format\":\"date-time\"},\"error\":" ERROR_SCHEMA ",\"readyToUse\":{\"type\":\"boolean\"},"
	    "\"restoreSize\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"x-kubernetes-int-or-string\":true,"
	    "\"pattern\":\"^(\\\\+|-)?(([0-9]+(\\\\.[0-9]*)?)|(\\\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\\\+|-)?(([0-9]+(\\\\.[0-9]*)?)|(\\\\.[0-9]+))))?$\"},"
	    "\"volumeGroupSnapshotName\":{\"type\":\"string\"}}}}}"),
};

json_t *snapshot_crd(size_t i)
{
	json_t *crd = NULL;

	return json_parse(texts[i], strlen(texts[i]), &crd, NULL) == 0 ? crd : NULL;
}
