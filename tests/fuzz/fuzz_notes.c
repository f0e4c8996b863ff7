/*
 * An Ingress to a table file. Lines: "p PATH" is a path (ImplementationSpecific), "e PATH" Exact, "h HOST" the host of
 * what follows, "s NAME VALUE" a Secret's key, "m NAME VALUE" a ConfigMap's, anything else "ANNOTATION VALUE". Whatever
 * they say, the table can be written, and a reader takes it.
 */
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "ingress/model.h"
#include "ingress/table_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static json_t *text_value(const char *s)
{
	json_t *v = json_string(s); /* NULL: not UTF-8, which JSON never is */
	return v ? v : json_string("");
}

struct input {
	json_t *rules, *notes, *secret, *map;
	char *host;
};

static void add_path(struct input *in, const char *type, const char *path)
{
	json_t *p = json_pack("{s:o,s:s,s:{s:{s:s,s:{s:i}}}}", "path", text_value(path), "pathType", type, "backend",
			      "service", "name", "web", "port", "number", 80);
	json_array_append_new(in->rules, json_pack("{s:o,s:{s:[o]}}", "host",
						   text_value(in->host ? in->host : "x.example"), "http", "paths", p));
}

static void add_line(struct input *in, char *line)
{
	char *value = line + strcspn(line, " ");

	if (*value)
		*value++ = '\0';
	if (streq(line, "p") || streq(line, "e")) {
		add_path(in, *line == 'p' ? "ImplementationSpecific" : "Exact", value);
	} else if (streq(line, "h")) {
		(void)str_replace(&in->host, value);
	} else if (streq(line, "s") || streq(line, "m")) {
		char *text = value + strcspn(value, " "), *b64 = NULL;
		if (*text)
			*text++ = '\0';
		if (*line == 'm')
			json_object_set_new(in->map, value, text_value(text));
		else if (b64_encode(text, strlen(text), false, &b64) == 0)
			json_object_set_new(in->secret, value, json_string(b64));
		free(b64);
	} else {
		AUTO_FREE char *key = str_fmt(INGRESS_ANNOTATION "%s", line);
		if (key)
			json_object_set_new(in->notes, key, text_value(value));
	}
}

static void check(const struct ing_table *t)
{
	AUTO_FREE uint32_t *slots = calloc(t->n_policies + 1, sizeof(*slots));
	AUTO_BUF struct buf out = {0};
	const char *why = NULL;
	struct err e = {0};

	if (!slots)
		return;
	if (table_write(t, slots, 1, &out, &e) < 0) {
		fprintf(stderr, "%s\n", e.msg);
		abort();
	}
	void *map = NULL;
	if (posix_memalign(&map, 64, out.len) == 0) {
		memcpy(map, out.data, out.len);
		if (!table_file_check(map, out.len, &why)) {
			fprintf(stderr, "%s\n", why);
			abort();
		}
	}
	free(map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *text = str_ndup((const char *)data, strnlen((const char *)data, size));
	struct input in = {json_array(), json_object(), json_object(), json_object(), NULL};
	struct ing_model *m = NULL;
	struct ing_table t = {0};

	for (char *line = text, *next; line; line = next) {
		size_t n = strcspn(line, "\n");
		next = line[n] ? line + n + 1 : NULL;
		line[n] = '\0';
		add_line(&in, line);
	}
	AUTO_JSON json_t *ing =
	    json_pack("{s:{s:O},s:{s:O}}", "metadata", "annotations", in.notes, "spec", "rules", in.rules);
	AUTO_JSON json_t *secret = json_pack("{s:O}", "data", in.secret);
	AUTO_JSON json_t *map = json_pack("{s:O}", "data", in.map);
	AUTO_JSON json_t *service = json_pack("{s:{s:[{s:s,s:i}]}}", "spec", "ports", "name", "http", "port", 80);
	if (ing && secret && map && service && ing_model_new(&m, "nginx", NULL) == 0) {
		(void)ing_model_ingress(m, "d", "i", ing);
		(void)ing_model_secret(m, "d", "x", secret);
		(void)ing_model_configmap(m, "d", "x", map);
		(void)ing_model_service(m, "d", "web", service);
		if (ing_model_build(m, &t, NULL) == 0)
			check(&t);
		ing_table_done(&t);
	}
	ing_model_free(m);
	json_decref(in.rules);
	json_decref(in.notes);
	json_decref(in.secret);
	json_decref(in.map);
	free(in.host);
	return 0;
}
