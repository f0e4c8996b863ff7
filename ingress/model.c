/* The model's memory: one record for each object, replaced whole when the object changes. */
#include <errno.h>
#include "base/str.h"
#include "ingress/records.h"

int ing_model_new(struct ing_model **ret, const char *class, struct err *e)
{
	struct ing_model *m = calloc(1, sizeof(*m));

	if (!m)
		return err_nomem(e);
	m->class = str_dup(class);
	m->ingresses = map_new(rec_ingress_free);
	m->classes = map_new(rec_class_free);
	m->services = map_new(rec_service_free);
	m->slices = map_new(rec_slice_free);
	m->secrets = map_new(rec_secret_free);
	m->configmaps = map_new(rec_configmap_free);
	if (!m->class || !m->ingresses || !m->classes || !m->services || !m->slices || !m->secrets || !m->configmaps) {
		ing_model_free(m);
		return err_nomem(e);
	}
	*ret = m;
	return 0;
}

struct ing_model *ing_model_free(struct ing_model *m)
{
	if (!m)
		return NULL;
	struct map *all[] = {m->ingresses, m->classes, m->services, m->slices, m->secrets, m->configmaps};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i])
			map_free(all[i]);
	free(m->class);
	free(m);
	return NULL;
}

int ing_model_ingress(struct ing_model *m, const char *ns, const char *name, const json_t *o)
{
	return rec_put(m->ingresses, ns, name, !o, o ? rec_ingress_new(ns, name, o) : NULL, rec_ingress_free);
}
int ing_model_class(struct ing_model *m, const char *ns UNUSED, const char *name, const json_t *o)
{
	return rec_put(m->classes, NULL, name, !o, o ? rec_class_new(o) : NULL, rec_class_free);
}
int ing_model_service(struct ing_model *m, const char *ns, const char *name, const json_t *o)
{
	return rec_put(m->services, ns, name, !o, o ? rec_service_new(o) : NULL, rec_service_free);
}
int ing_model_slice(struct ing_model *m, const char *ns, const char *name, const json_t *o)
{
	return rec_put(m->slices, ns, name, !o, o ? rec_slice_new(ns, o) : NULL, rec_slice_free);
}
int ing_model_secret(struct ing_model *m, const char *ns, const char *name, const json_t *o)
{
	return rec_put(m->secrets, ns, name, !o, o ? rec_secret_new(o) : NULL, rec_secret_free);
}
int ing_model_configmap(struct ing_model *m, const char *ns, const char *name, const json_t *o)
{
	return rec_put(m->configmaps, ns, name, !o, o ? rec_configmap_new(ns, o) : NULL, rec_configmap_free);
}
