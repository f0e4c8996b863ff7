/*
 * Shape of the type tables, private to the room. Built-in tables (tables_*_gen.c) are static const and refer by index,
 * so they need no relocation; a custom resource's schema is the same, built at run time in one struct api_schema.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "api/schema.h"

enum {
	TYPE_DYNAMIC = 1,   /* lives in a struct api_schema, not in api_types */
	TYPE_ATOMIC = 2,    /* x-kubernetes-map-type: atomic */
	TYPE_PRESERVE = 4,  /* x-kubernetes-preserve-unknown-fields */
	TYPE_NULLABLE = 8,  /* custom resources only: null is a value */
	TYPE_EMBEDDED = 16, /* x-kubernetes-embedded-resource */
};

struct api_type {
	uint8_t kind; /* enum api_type_kind */
	uint8_t flags;
	uint8_t patch;     /* bits of enum api_patch_strategy */
	uint8_t list_type; /* enum api_list_type */
	uint32_t self;     /* own index: how a run-time node finds its schema */
	uint32_t name;     /* strings are offsets into the table's blob, 0 is "" */
	uint32_t first;    /* objects: first field; lists and maps: the element's node */
	uint32_t n;        /* objects: number of fields, sorted by name */
	uint32_t keys;     /* list keys: strings one after another, an empty one ends them; 0 none */
	uint32_t merge_key;
	uint16_t rules, n_rules; /* defaults */
	uint32_t gvk;            /* "group/version/Kind", "*" for every group, "" none */
};

/* A node index with this bit is one of api_types even inside a run-time schema (metadata). */
#define TYPE_BUILTIN_BIT 0x80000000u

enum {
	FIELD_REQUIRED = 1,
	FIELD_ALWAYS = 2,  /* built-in types: there, empty, in every object */
	FIELD_OMITTED = 4, /* built-in types: an empty value is as good as none */
	FIELD_DISABLED = 8, /* built-in types: never kept */
	FIELD_NULL = 16     /* built-in types: written as null when there is nothing */
};
struct api_field {
	uint32_t name;
	uint32_t type;
	uint32_t go_type; /* its name in Go where that is no struct's, "" for none */
	uint8_t required; /* FIELD_ bits */
	uint8_t num[3]; /* protobuf field number; with embedded messages the path to it, from outside */
};

enum { RULE_CODE, RULE_BOOL, RULE_STRING, RULE_INT, RULE_OBJECT, RULE_JSON };
enum { RULE_ALWAYS, RULE_IF, RULE_UNLESS };
struct api_default_rule {
	uint32_t field;
	uint32_t text; /* of strings and JSON */
	uint32_t cond_field, cond_value;
	int32_t number;           /* also bools and enum default_code */
	uint8_t kind, cond, zero; /* zero: 0 counts as absent */
};

/* What a type's schema says beside structure (facts/marks.txt). Sorted by type. */
struct api_mark {
	uint32_t type; /* index into api_types */
	uint32_t path; /* in the schema, '/' between */
	uint32_t json; /* the value */
};

struct api_resource_row {
	uint32_t group, version, plural, singular, kind, list_kind, short_names, categories, prefix, hash;
	uint16_t type, verbs;
	uint8_t namespaced, virtual_, storage_version;
	uint8_t subs, n_subs;
};
struct api_sub_row {
	uint32_t name, group, version, kind;
	uint16_t type, verbs;
};

/* A custom resource's schema. */
struct api_schema {
	struct api_field *fields;
	char *strings;
	const json_t **source; /* per node: the JSONSchemaProps it came from, borrowed from the CRD; NULL for none */
	size_t n_types, n_fields, n_strings;
	struct api_type types[];
};
/* schema may be NULL (then unknown fields are kept). Borrows it: the caller keeps the tree alive and unchanged. */
int api_schema_new(struct api_schema **ret, const json_t *schema, struct err *e);
struct api_schema *api_schema_free(struct api_schema *s);

const struct api_field *api_type_fields(const struct api_type *t);
/* Whether an empty value in that field of a built-in type is as good as none. */
bool api_type_field_omitted(const struct api_type *t, const char *name);
const char *api_type_text(const struct api_type *t, uint32_t off); /* string of t's table */
const struct api_type *api_type_ref(const struct api_type *t, uint32_t index);
/* The JSONSchemaProps of a run-time node, or NULL. */
const json_t *api_type_source(const struct api_type *t);
/* A field's index within t, or -1. */
long api_type_field_index(const struct api_type *t, const char *name);

/* Rules of defaults.txt that are code (defaults_code.c): obj has the rule's type; field is "" for rules on the whole.
 * -ENOMEM. */
int api_default_code(int code, json_t *obj, const char *field);
