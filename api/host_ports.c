#include "api/host_ports.h"
#include "base/str.h"

static void add_ports(json_t **list, const json_t *container)
{
	json_t *p;
	size_t i;

	json_array_foreach (json_object_get(container, "ports"), i, p) {
		if (json_int_or(p, "hostPort", 0) == 0)
			continue;
		if (!*list)
			*list = json_array();
		json_array_append(*list, p);
	}
}

json_t *host_ports_of(const json_t *spec)
{
	json_t *list = NULL, *c;
	size_t i;

	json_array_foreach (json_object_get(spec, "containers"), i, c)
		add_ports(&list, c);
	json_array_foreach (json_object_get(spec, "initContainers"), i, c)
		if (streq(json_str(c, "restartPolicy"), "Always"))
			add_ports(&list, c);
	return list;
}

static bool everywhere(const char *ip)
{
	return !*ip || streq(ip, "0.0.0.0");
}

static bool clash(const json_t *a, const json_t *b)
{
	const char *ia = json_str_or(a, "hostIP", ""), *ib = json_str_or(b, "hostIP", "");

	return json_int_or(a, "hostPort", 0) == json_int_or(b, "hostPort", 0) &&
	       streq(json_str_or(a, "protocol", "TCP"), json_str_or(b, "protocol", "TCP")) &&
	       (everywhere(ia) || everywhere(ib) || streq(ia, ib));
}

bool host_ports_clash(const json_t *a, const json_t *b)
{
	json_t *x, *y;
	size_t i, k;

	json_array_foreach ((json_t *)a, i, x)
		json_array_foreach ((json_t *)b, k, y)
			if (clash(x, y))
				return true;
	return false;
}
