/*
 * Fills the store of an API server that is not running with ConfigMaps, past HTTP:  bench_fill DIR/state.db NUMBER
 * For what is measured with very many objects (tests/bench/big.sh).
 */
#include <inttypes.h>
#include <pthread.h>
#include "apiserver/internal.h"
#include "base/json.h"

#define TXN 1000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static unsigned under_way;

static void on_done(void *arg, const struct store_done *d)
{
	(void)arg;
	if (d->code) {
		fprintf(stderr, "%s\n", d->err.msg);
		exit(1);
	}
	pthread_mutex_lock(&lock);
	under_way--;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&lock);
}

int main(int argc, char **argv)
{
	struct api_registry *reg = NULL;
	const struct api_resource *res;
	struct store *s = NULL;
	struct store_op ops[TXN];
	struct err e = {0};
	uint64_t n;

	if (argc != 3 || str_to_u64(argv[2], 100000000, &n)) {
		fprintf(stderr, "usage: bench_fill DB NUMBER\n");
		return 2;
	}
	if (api_registry_new(&reg, &e) || store_open(&s, &(struct store_config){.path = argv[1]}, &e) ||
	    !(res = api_resource_find(reg, "", "v1", "configmaps"))) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	for (uint64_t i = 0; i < n;) {
		size_t k = 0;

		for (; k < TXN && i < n; k++, i++) {
			char name[32], uid[37];
			AUTO_JSON json_t *o = NULL;
			struct bytes *value = NULL, *index = NULL;
			size_t splice;

			(void)snprintf(name, sizeof(name), "c-%08" PRIu64, i);
			uuid_new(uid);
			o = json_pack("{s:s,s:s,s:{s:s,s:s,s:s,s:s,s:{s:s}},s:{s:o}}", "kind", "ConfigMap",
				      "apiVersion", "v1", "metadata", "name", name, "namespace", "default", "uid", uid,
				      "creationTimestamp", "2026-01-01T00:00:00Z", "labels", "app",
				      i % 2 ? "odd" : "even", "data", "v", json_sprintf("%0900d", 0));
			if (!o || object_store(reg, res, o, &value, &splice, &index, &e)) {
				fprintf(stderr, "%s\n", e.msg);
				return 1;
			}
			ops[k] = (struct store_op){.kind = STORE_PUT,
						   .key = object_key(res, "default", name),
						   .value = value,
						   .splice = splice,
						   .index = index};
		}
		pthread_mutex_lock(&lock);
		while (under_way >= 4)
			pthread_cond_wait(&cond, &lock);
		under_way++;
		pthread_mutex_unlock(&lock);
		if (store_commit(s, ops, k, on_done, NULL, &e)) {
			fprintf(stderr, "%s\n", e.msg);
			return 1;
		}
		while (k-- > 0) {
			free((char *)(uintptr_t)ops[k].key);
			(void)bytes_unref(ops[k].value);
			(void)bytes_unref(ops[k].index);
		}
	}
	(void)store_free(s);
	(void)api_registry_unref(reg);
	return 0;
}
