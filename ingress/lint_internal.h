/* The manifests that are looked at and what is found: reading them (lint.c), judging them all (lint_findings.c). */
#pragma once
#include "ingress/gateway_model.h"
#include "ingress/lint.h"
#include "ingress/seen.h"

struct lint_entry {
	char *file, *object; /* "Ingress default/web", "" for the file as a whole */
	enum lint_level level;
	const char *reason; /* static, or one of the model's */
	char *message;
	size_t at; /* the order of finding: what decides last */
};
struct lint {
	char *class;
	bool cluster;
	struct api_registry *api;
	struct ing_model *model;
	struct gateway_model *gateways;
	struct gateway_outcome outcome; /* its findings' reasons are borrowed from it */
	struct seen *seen;   /* what TCP and UDP services are judged by */
	const char *ns;      /* or NULL */
	int64_t now;         /* 0: not known */
	struct map *files;   /* "Kind ns/name" of what the manifests have -> file, a copy */
	struct map *created; /* "Kind ns/name" of the cluster's Ingresses, routes and Gateways -> creationTimestamp, a copy */
	struct map *classes; /* "ns/name" of the manifests' Ingresses -> the class they ask for, a copy */
	struct map *class_names; /* of all IngressClasses */
	bool has_class;      /* IngressClass of our name */
	bool has_gateway_class;
	struct lint_entry *v;
	size_t n, n_objects;
};

/* lint.c */
int lint_found(struct lint *l, const char *file, const char *object, enum lint_level level, const char *reason,
	       const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* As a callback; arg: the struct lint. */
int lint_told(void *arg, const char *file, const char *object, enum lint_level level, const char *reason,
	      const char *message);
void lint_sort(struct lint *l); /* by file and object */
