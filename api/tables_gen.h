/* Made by gen/gen.py. Do not edit. */
#pragma once
#include "api/tables.h"

#define API_N_NAMED_TYPES 584 /* nodes 1.. in the order of their names */
#define API_N_RESOURCES 68
#define API_N_SUBS 45
#define API_N_MARKS 149
#define API_T_LIST_META 562
#define API_T_OBJECT_META 565
#define API_T_SCALE 96
enum default_code {
	DEFAULT_NONE,
	DEFAULT_VOLUME_CLAIM_TEMPLATES,
	DEFAULT_HPA_BEHAVIOR,
	DEFAULT_JOB,
	DEFAULT_IMAGE_PULL_POLICY,
	DEFAULT_IMAGE_VOLUME_PULL_POLICY,
	DEFAULT_LIMIT_RANGE_ITEM,
	DEFAULT_NAMESPACE,
	DEFAULT_NODE_ALLOCATABLE,
	DEFAULT_POD,
	DEFAULT_POD_SPEC,
	DEFAULT_REPLICATION_CONTROLLER,
	DEFAULT_TARGET_PORT,
	DEFAULT_SERVICE_SPEC,
	DEFAULT_VOLUME,
	DEFAULT_POLICY_TYPES,
	DEFAULT_CRD_NAMES,
};
extern const char api_type_strings[];
extern const struct api_type api_types[820];
extern const struct api_field api_fields[2458];
extern const struct api_default_rule api_default_rules[222];
extern const struct api_mark api_marks[API_N_MARKS];
extern const char api_resource_strings[];
extern const struct api_resource_row api_resource_rows[API_N_RESOURCES];
extern const struct api_sub_row api_sub_rows[API_N_SUBS];
