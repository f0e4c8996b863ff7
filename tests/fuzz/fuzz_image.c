/* First byte: which of the parsers of what registries and archives send. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/image_store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void manifest(const char *text, size_t n)
{
	AUTO_MANIFEST struct image_manifest m = {0};
	AUTO_JSON json_t *index = NULL;
	char digest[72];
	bool is_index;
	int64_t size;

	if (manifest_parse(text, n, &is_index, &m, &index, NULL) < 0)
		return;
	if (is_index)
		(void)manifest_pick(index, "arm", "v7", digest, &size, NULL);
	else
		(void)manifest_take_config(&m, text, n, NULL, NULL);
}

static void layer(const uint8_t *data, size_t n)
{
	char dir[] = "/tmp/minik-fuzz-XXXXXX", diff_id[72];
	AUTO_CLOSE int blob = memfd_create("layer", MFD_CLOEXEC), fd = -1;

	if (blob < 0 || write(blob, data, n) != (ssize_t)n || lseek(blob, 0, SEEK_SET) != 0 || !mkdtemp(dir))
		abort();
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	(void)layer_unpack_into(blob, fd, 1 << 20, diff_id, NULL);
	if (fs_rm_rf(dir, NULL) < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n < 1)
		return 0;
	AUTO_FREE char *text = malloc(n); /* str_ndup would end at the first NUL */
	if (!text)
		abort();
	memcpy(text, data + 1, n - 1);
	text[n - 1] = '\0';
	switch (data[0] % 5) {
	case 0:
		manifest(text, n - 1);
		break;
	case 1: {
		struct registry_endpoints r;

		if (registry_endpoints_parse(text, strlen(text), "docker.io", "library/nginx", &r, NULL) == 0)
			registry_endpoints_done(&r);
		break;
	}
	case 2: {
		struct auth_challenge c;

		if (auth_challenge_parse(text, &c) == 0)
			auth_challenge_done(&c);
		break;
	}
	case 3: {
		AUTO_FREE char *name = NULL, *again = NULL;

		/* A canonical name is its own. */
		if (image_ref_canonical(text, &name, NULL) == 0 &&
		    (image_ref_canonical(name, &again, NULL) < 0 || !streq(name, again)))
			abort();
		break;
	}
	default:
		layer(data + 1, n - 1);
	}
	return 0;
}
