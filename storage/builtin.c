#include "storage/builtin.h"

const struct builtin builtins[] = {
	{NULL, NULL},
};
