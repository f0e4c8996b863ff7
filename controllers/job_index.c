/* Sets of completion indexes. */
#include <errno.h>
#include <stdio.h>
#include "base/buf.h"
#include "controllers/job_account.h"

void index_set_done(struct index_set *s)
{
	free(s->v);
	*s = (struct index_set){0};
}

/* The first range that ends at i or later. */
static size_t range_at(const struct index_set *s, int64_t i)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (s->v[mid].last < i)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

int index_set_add(struct index_set *s, int64_t first, int64_t last)
{
	size_t at = range_at(s, first - 1), end = at;

	if (first > last)
		return 0;
	while (end < s->n && s->v[end].first <= last + 1) {
		first = s->v[end].first < first ? s->v[end].first : first;
		last = s->v[end].last > last ? s->v[end].last : last;
		end++;
	}
	if (end == at) {
		struct index_range *v = reallocarray(s->v, s->n + 1, sizeof(*v));
		if (!v)
			return -ENOMEM;
		s->v = v;
		memmove(&v[at + 1], &v[at], (s->n - at) * sizeof(*v));
		s->n++;
	} else {
		memmove(&s->v[at + 1], &s->v[end], (s->n - end) * sizeof(*s->v));
		s->n -= end - at - 1;
	}
	s->v[at] = (struct index_range){first, last};
	return 0;
}

int index_set_parse(struct index_set *s, const char *text, int64_t limit)
{
	AUTO_FREE char *copy = str_dup(text ? text : "");
	char *save = NULL;

	if (!copy)
		return -ENOMEM;
	for (char *part = strtok_r(copy, ",", &save); part; part = strtok_r(NULL, ",", &save)) {
		char *dash = strchr(part, '-');
		int64_t first, last;
		if (dash)
			*dash++ = '\0';
		if (str_to_i64(part, 0, INT32_MAX, &first) < 0)
			continue;
		last = first;
		if (dash && str_to_i64(dash, first, INT32_MAX, &last) < 0)
			continue;
		if (last >= limit)
			last = limit - 1;
		if (index_set_add(s, first, last) < 0)
			return -ENOMEM;
	}
	return 0;
}

bool index_set_has(const struct index_set *s, int64_t i)
{
	size_t at = range_at(s, i);

	return at < s->n && s->v[at].first <= i;
}

int64_t index_set_total(const struct index_set *s)
{
	int64_t sum = 0;

	for (size_t i = 0; i < s->n; i++)
		sum += s->v[i].last - s->v[i].first + 1;
	return sum;
}

char *index_set_text(const struct index_set *s)
{
	AUTO_BUF struct buf b = {0};

	for (size_t i = 0; i < s->n; i++) {
		buf_addf(&b, "%s%lld", i ? "," : "", (long long)s->v[i].first);
		if (s->v[i].last > s->v[i].first)
			buf_addf(&b, "%c%lld", s->v[i].last == s->v[i].first + 1 ? ',' : '-', (long long)s->v[i].last);
	}
	return buf_failed(&b) ? NULL : str_dup(b.data ? b.data : "");
}
