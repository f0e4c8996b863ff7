/*
 * Stands in for libFuzzer in `make check`: feeds every file of tests/fuzz/corpus/NAME (for a program fuzz_NAME), or those
 * given as arguments, to LLVMFuzzerTestOneInput. Source directory: environment variable srcdir, which automake sets.
 */
#include <dirent.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int feed(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t n = 0, cap = 0, k;

	if (!f) {
		perror(path);
		return 1;
	}
	do {
		if (cap - n < 4096) {
			cap = cap * 2 + 8192;
			uint8_t *p = realloc(data, cap);
			if (!p)
				abort();
			data = p;
		}
		k = fread(data + n, 1, cap - n, f);
		n += k;
	} while (k);
	fclose(f);
	/* An exact copy, so that a sanitizer sees the first byte beyond it. */
	uint8_t *exact = malloc(n ? n : 1);
	if (!exact)
		abort();
	memcpy(exact, data, n);
	free(data);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = 0, fed = 0;

	for (int i = 1; i < argc; i++, fed++)
		failed |= feed(argv[i]);
	if (argc > 1)
		return failed;

	const char *srcdir = getenv("srcdir"), *name = strstr(argv[0], "fuzz_");
	for (const char *p = name; p && (p = strstr(p + 1, "fuzz_"));) /* the last one: not a directory's name */
		name = p;
	if (!name)
		return 2;
	char dir[1024], path[2048];
	snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s", srcdir ? srcdir : ".", name + 5);
	DIR *d = opendir(dir);
	if (!d) {
		perror(dir);
		return 1;
	}
	for (struct dirent *e; (e = readdir(d));) {
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		failed |= feed(path);
		fed++;
	}
	closedir(d);
	fprintf(stderr, "%d inputs of %s\n", fed, dir);
	return failed || fed == 0;
}
