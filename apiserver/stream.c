/* log, exec, attach, portforward and proxy: relayed to the node agent of the pod. */
#include "apiserver/internal.h"

int relays_new(struct apiserver *a, struct err *e)
{
	(void)a;
	(void)e;
	return 0;
}

void relays_free(struct apiserver *a) { (void)a; }

void req_stream(struct req *r) { req_fail(r, 501, "NotImplemented", "%s/%s is not served yet", r->plural, r->subname); }
