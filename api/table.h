/*
 * meta.k8s.io Table: columns per kind as kubectl prints them. Cells are computed from the tree. Pure.
 * Source: Kubernetes pkg/printers/internalversion; CRD additionalPrinterColumns.
 */
#pragma once
#include <time.h>
#include "api/resource.h"

/* columnDefinitions array (new). Kinds without columns of their own: Name and Created At. */
json_t *table_columns(const struct api_resource *res);
/* cells of one row (new array); now is for ages. */
json_t *table_cells(const struct api_resource *res, const json_t *obj, time_t now);
/* "5d3h": duration.HumanDuration of Kubernetes. */
void table_age(int64_t seconds, char *out, size_t cap);
