/* How table.c and the printers of kinds work together. Private to api/. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include "api/resource.h"

struct row {
	const struct api_resource *res;
	const json_t *obj;
	time_t now;
	json_t *cells;
	bool failed; /* no memory; sticky */
};

/*
 * One kind.
 * columns: names separated by ';', each followed by marks: '+' priority 1 (wide), '#' integer, '?' boolean, '@' date,
 * '=' format "name".
 * cells: one entry per column, separated by ';':
 *   name, age            metadata.name, age of metadata.creationTimestamp
 *   s:PATH[?DEFAULT]     string
 *   i:PATH               integer, 0 when absent
 *   n:PATH               number of elements
 *   b:PATH[?true]        boolean
 *   q:PATH[?DEFAULT]     quantity
 *   j:PATH               strings of a list joined by ','
 *   c:PATH, g:PATH       names, images of the containers there
 *   l:PATH, m:PATH       label selector, map of labels
 *   t:PATH               time in RFC 3339
 *   *                    the next cells come from fn, which appends them
 */
struct table_kind {
	const char *group, *plural, *columns, *cells;
	void (*fn)(struct row *r);
};

extern const struct table_kind table_kinds[];
extern const size_t table_n_kinds;

void cell_add(struct row *r, json_t *v); /* steals v */
void cell_str(struct row *r, const char *s); /* NULL: "" */
void cell_fmt(struct row *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void cell_int(struct row *r, int64_t v);
void cell_age(struct row *r, const char *timestamp /* NULL: <unknown> */);
/* Borrowed, NULL-tolerant: the text at a dotted path of o, or dflt. */
const char *text_at(const json_t *o, const char *path, const char *dflt);
/* "5m" since timestamp. */
void age_of(const struct row *r, const char *timestamp, char out[32]);

/* Printers of their own. */
void print_pod(struct row *r);
void print_job(struct row *r);
void print_service(struct row *r);
void print_ingress(struct row *r);
void print_ingress_class(struct row *r);
void print_endpoints(struct row *r);
void print_endpoint_slice(struct row *r);
void print_node(struct row *r);
void print_pv(struct row *r);
void print_pvc(struct row *r);
void print_storage_class(struct row *r);
void print_volume_attributes_class(struct row *r);
void print_event(struct row *r);
void print_role_binding(struct row *r);
void print_csr(struct row *r);
void print_hpa(struct row *r);
void print_ready_of(struct row *r); /* readyReplicas/replicas */
void print_deployment_selector(struct row *r);
void print_cron_job(struct row *r);
void print_controller_revision(struct row *r);
void print_resource_quota(struct row *r);
void print_csi_driver(struct row *r);
void print_policy(struct row *r);
void print_policy_binding(struct row *r);
void print_flow_schema(struct row *r);
void print_priority_level(struct row *r);
void print_config_map(struct row *r);
void print_ip_address(struct row *r);
void print_resource_claim(struct row *r);
void print_pdb(struct row *r);
void print_api_service(struct row *r);
void print_component_status(struct row *r);
