/*
 * Helpers over jansson trees and YAML. Trees are short-lived: the workbench of one request or
 * one reconcile. All getters are NULL-tolerant and return borrowed values.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include "base/bytes.h"
#include "base/buf.h"
#include "base/err.h"

DEFINE_CLEANUP(json_t *, json_decref, json_unref_p)
#define AUTO_JSON CLEANUP(json_unref_p)

/* Bounded parse (depth <= 128, duplicate keys kept last). ERR_BAD_REQUEST with line and column. */
int json_parse(const char *s, size_t n, json_t **ret, struct err *e);
int json_parse_bytes(const struct bytes *b, json_t **ret, struct err *e);
/* Compact encoding, keys in insertion order, UTF-8 unescaped, '/' unescaped. NULL without memory. */
struct bytes *json_encode(const json_t *v);
void json_encode_buf(const json_t *v, struct buf *out);

/* Walks object keys given as arguments, ended by NULL: json_at(o, "metadata", "name", NULL). */
json_t *json_at(const json_t *o, ...) __attribute__((sentinel));
/* Dotted path of plain keys and [n] indexes: "spec.containers[0].name". */
json_t *json_dot(const json_t *o, const char *path);
const char *json_str(const json_t *o, const char *path);		 /* by dotted path; NULL if not a string */
const char *json_str_or(const json_t *o, const char *path, const char *dflt);
int64_t json_int_or(const json_t *o, const char *path, int64_t dflt);
bool json_bool_or(const json_t *o, const char *path, bool dflt);
/* Sets by dotted path, creating objects on the way; steals v (NULL v: -ENOMEM). */
int json_dot_set(json_t *o, const char *path, json_t *v);
int json_set_str(json_t *o, const char *path, const char *s);
int json_set_int(json_t *o, const char *path, int64_t i);
int json_dot_del(json_t *o, const char *path); /* absent is fine */
/* Appends to the array at path, creating it; steals v. */
int json_dot_append(json_t *o, const char *path, json_t *v);

/* Whether an object anywhere in v, v included, has this key. */
bool json_has_key(const json_t *v, const char *key);
/* YAML 1.1 core as Kubernetes reads it (sigs.k8s.io/yaml): one document -> tree. Several
   documents: calls fn for each. Anchors are expanded within a bound. ERR_BAD_REQUEST. */
int yaml_parse(const char *s, size_t n, json_t **ret, struct err *e);
/* Also tells of keys that stand twice in a mapping (the last one counts): dups is an array, strings `line 6: key "a" already set in map` are added. */
int yaml_parse_dups(const char *s, size_t n, json_t **ret, json_t *dups, struct err *e);
int yaml_parse_all(const char *s, size_t n, int (*fn)(void *arg, json_t *doc /* borrowed */), void *arg, struct err *e);
int yaml_encode(const json_t *v, struct buf *out); /* block style, keys sorted as sigs.k8s.io/yaml does */
