/* How what is attached is called. */
#include <stdio.h>
#include <string.h>
#include "base/str.h"
#include "storage/attach.h"
#include "wire/cert.h"

bool attach_target_of(const json_t *pv, struct attach_target *ret)
{
	struct attach_target t = {json_str(pv, "spec.csi.driver"), json_str(pv, "spec.csi.volumeHandle"), false, ""};

	if (!t.driver)
		t = (struct attach_target){json_str(pv, "spec.flexVolume.driver"),
					   json_str_or(pv, "spec.flexVolume.options.volumeHandle", ""), true, ""};
	if (!t.driver || !t.handle || !str_copy(t.attacher, sizeof(t.attacher), t.driver))
		return false;
	for (char *p = t.attacher; t.program && (p = strchr(p, '/'));)
		*p = '.';
	*ret = t;
	return true;
}

int attach_name(const struct attach_target *t, const char *node, char out[ATTACH_NAME_MAX], struct err *e)
{
	AUTO_FREE char *text = str_fmt("%s%s%s", t->handle, t->attacher, node);
	char hex[65];

	if (!text)
		return err_nomem(e);
	int r = sha256_hex(text, strlen(text), hex);
	if (r < 0)
		return err_set(e, r, "digest of volume %.100s", t->handle);
	snprintf(out, ATTACH_NAME_MAX, "csi-%s", hex);
	return 0;
}

char *attach_unique(const struct attach_target *t)
{
	return t->program ? str_fmt("%s/%s", t->driver, t->handle)
			  : str_fmt("kubernetes.io/csi/%s^%s", t->driver, t->handle);
}
