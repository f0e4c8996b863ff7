/* Hooks of kinds with behaviour of their own; the table that joins them is in strategy.c. */
#pragma once
#include "apiserver/write.h"

/* strategy_pod.c */
int pod_prepare_create(struct write *w, struct err *e);
int pod_prepare_update(struct write *w, struct err *e);
int64_t pod_grace(struct write *w, int64_t given);
/* strategy_service.c */
int service_prepare_create(struct write *w, struct err *e);
int service_prepare_update(struct write *w, struct err *e);
int service_transact(struct write *w, struct err *e);
/* strategy_misc.c */
int namespace_prepare_create(struct write *w, struct err *e);
int namespace_prepare_update(struct write *w, struct err *e);
bool namespace_held(const json_t *obj);
int secret_convert(struct write *w, struct err *e);
void secret_warn(struct write *w);
int secret_prepare_create(struct write *w, struct err *e);
int csr_prepare_create(struct write *w, struct err *e);
int csr_prepare_update(struct write *w, struct err *e);
int pv_prepare_create(struct write *w, struct err *e);
int pvc_prepare_create(struct write *w, struct err *e);
int account_prepare(struct write *w, struct err *e);
/* strategy_crd.c */
int crd_prepare_create(struct write *w, struct err *e);
int crd_prepare_update(struct write *w, struct err *e);
void crd_committed(struct write *w, const json_t *obj, bool deleted);
int crd_prepare_delete(struct write *w);
void crd_warn(struct write *w);
int crd_convert(struct write *w, struct err *e);
int job_prepare_create(struct write *w, struct err *e);
int job_transact(struct write *w, struct err *e);
int daemonset_convert(struct write *w, struct err *e);
int hpa_convert(struct write *w, struct err *e);
int node_convert(struct write *w, struct err *e);
int pod_convert(struct write *w, struct err *e);
int pv_prepare_update(struct write *w, struct err *e);
int pvc_prepare_update(struct write *w, struct err *e);
int daemonset_prepare_create(struct write *w, struct err *e);
int daemonset_prepare_update(struct write *w, struct err *e);
