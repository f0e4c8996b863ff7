/*
 * A pattern is compiled into a program of position-independent instructions (jumps are relative, so that repeating a
 * part is copying it), which a Thompson simulation runs: all threads advance together over the text. Source: the RE2
 * syntax page; Russ Cox, "Regular Expression Matching: the Virtual Machine Approach".
 */
#include "api/regex.h"
#include <stdint.h>
#include "base/cleanup.h"

#define MAX_PROG   20000
#define MAX_DEPTH  100
#define MAX_REPEAT 1000

enum op { OP_CHAR, OP_ANY, OP_ANY_NL, OP_CLASS, OP_SPLIT, OP_JMP, OP_BEGIN, OP_END, OP_WORD, OP_NOT_WORD, OP_MATCH };

struct inst {
	uint8_t op;
	bool fold;    /* ASCII letters of either case */
	int32_t x, y; /* CHAR: x rune; CLASS: first range, count (negative: negated); SPLIT, JMP: relative targets */
};
struct range {
	uint32_t lo, hi;
};
struct regex {
	struct inst *prog;
	struct range *ranges;
	size_t n, cap, n_ranges, cap_ranges;
};
struct parser {
	struct regex *re;
	const char *p;
	bool fold, dot_all;
	unsigned depth;
	int rc;
	struct err *e;
};

struct regex *regex_free(struct regex *re)
{
	if (re) {
		free(re->prog);
		free(re->ranges);
		free(re);
	}
	return NULL;
}
DEFINE_CLEANUP(struct regex *, regex_free, regex_free_p)

static void fail(struct parser *ps, int code, const char *what)
{
	if (ps->rc == 0)
		ps->rc = err_set(ps->e, code, "%s near \"%.20s\"", what, ps->p);
}

static uint32_t rune(const char **p, const char *end)
{
	const unsigned char *s = (const unsigned char *)*p;
	size_t left = (size_t)(end - *p), n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc0 ? 2 : 1;
	uint32_t r = n == 4 ? s[0] & 7u : n == 3 ? s[0] & 15u : n == 2 ? s[0] & 31u : s[0];
	if (n > left) {
		*p += 1;
		return 0xfffd;
	}
	for (size_t i = 1; i < n; i++)
		r = r << 6 | (s[i] & 0x3fu);
	*p += n;
	return r;
}

static bool room(struct parser *ps, size_t extra)
{
	struct regex *re = ps->re;
	if (ps->rc < 0)
		return false;
	if (re->n + extra > MAX_PROG) {
		fail(ps, ERR_INVALID, "expression too large");
		return false;
	}
	if (re->n + extra > re->cap) {
		size_t cap = (re->cap + extra) * 2 + 16;
		struct inst *v = realloc(re->prog, cap * sizeof *v);
		if (!v) {
			ps->rc = err_nomem(ps->e);
			return false;
		}
		re->prog = v;
		re->cap = cap;
	}
	return true;
}

static void emit(struct parser *ps, enum op op, int32_t x, int32_t y)
{
	if (room(ps, 1))
		ps->re->prog[ps->re->n++] = (struct inst){.op = (uint8_t)op, .fold = ps->fold, .x = x, .y = y};
}

static void insert(struct parser *ps, size_t at, enum op op, int32_t x, int32_t y)
{
	if (!room(ps, 1))
		return;
	struct inst *v = ps->re->prog;
	memmove(v + at + 1, v + at, (ps->re->n - at) * sizeof *v);
	v[at] = (struct inst){.op = (uint8_t)op, .x = x, .y = y};
	ps->re->n++;
}

/* Appends a copy of the block that started at `at` and was len long. */
static void copy(struct parser *ps, const struct inst *block, size_t len)
{
	if (len == 0 || !room(ps, len))
		return;
	memcpy(ps->re->prog + ps->re->n, block, len * sizeof *block);
	ps->re->n += len;
}

static void add_range(struct parser *ps, uint32_t lo, uint32_t hi)
{
	struct regex *re = ps->re;
	if (re->n_ranges == re->cap_ranges) {
		size_t cap = re->cap_ranges * 2 + 16;
		struct range *v = cap > MAX_PROG * 4 ? NULL : realloc(re->ranges, cap * sizeof *v);
		if (!v) {
			fail(ps, ERR_INVALID, "expression too large");
			return;
		}
		re->ranges = v;
		re->cap_ranges = cap;
	}
	re->ranges[re->n_ranges++] = (struct range){lo, hi};
}

#define TOP 0x10ffffu

/* \d \w \s and their opposites, as ranges; false if c is none of them */
static bool perl_class(struct parser *ps, char c)
{
	switch (c) {
	case 'd':
		add_range(ps, '0', '9');
		return true;
	case 'D':
		add_range(ps, 0, '0' - 1);
		add_range(ps, '9' + 1, TOP);
		return true;
	case 'w':
		add_range(ps, '0', '9');
		add_range(ps, 'A', 'Z');
		add_range(ps, '_', '_');
		add_range(ps, 'a', 'z');
		return true;
	case 'W':
		add_range(ps, 0, '0' - 1);
		add_range(ps, '9' + 1, 'A' - 1);
		add_range(ps, 'Z' + 1, '_' - 1);
		add_range(ps, '_' + 1, 'a' - 1);
		add_range(ps, 'z' + 1, TOP);
		return true;
	case 's':
		add_range(ps, '\t', '\n');
		add_range(ps, '\f', '\r');
		add_range(ps, ' ', ' ');
		return true;
	case 'S':
		add_range(ps, 0, '\t' - 1);
		add_range(ps, '\v', '\v');
		add_range(ps, '\r' + 1, ' ' - 1);
		add_range(ps, ' ' + 1, TOP);
		return true;
	default:
		return false;
	}
}

static bool posix_class(struct parser *ps)
{
	static const struct {
		const char *name, *chars; /* pairs */
	} classes[] = {{"[:alpha:]", "AZaz"},    {"[:digit:]", "09"},      {"[:alnum:]", "09AZaz"},
		       {"[:upper:]", "AZ"},      {"[:lower:]", "az"},      {"[:space:]", "\t\r  "},
		       {"[:xdigit:]", "09AFaf"}, {"[:word:]", "09AZaz__"}, {"[:punct:]", "!/:@[`{~"},
		       {"[:print:]", " ~"},      {"[:graph:]", "!~"},      {"[:blank:]", "\t\t  "}};
	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (strncmp(ps->p, classes[i].name, strlen(classes[i].name)) == 0) {
			ps->p += strlen(classes[i].name);
			for (const char *c = classes[i].chars; *c; c += 2)
				add_range(ps, (unsigned char)c[0], (unsigned char)c[1]);
			return true;
		}
	return false;
}

/* After a backslash: one character. */
static uint32_t escape(struct parser *ps)
{
	char c = *ps->p;
	switch (c) {
	case '\0':
		fail(ps, ERR_INVALID, "trailing backslash");
		return 0;
	case 't':
		ps->p++;
		return '\t';
	case 'n':
		ps->p++;
		return '\n';
	case 'r':
		ps->p++;
		return '\r';
	case 'f':
		ps->p++;
		return '\f';
	case 'v':
		ps->p++;
		return '\v';
	case 'a':
		ps->p++;
		return '\a';
	case 'x': {
		char *end;
		bool braces = ps->p[1] == '{';
		char digits[9] = "";
		for (size_t i = 0; i < (braces ? 6u : 2u) && strchr("0123456789abcdefABCDEF", ps->p[1 + braces + i]) &&
				   ps->p[1 + braces + i];
		     i++)
			digits[i] = ps->p[1 + braces + i];
		unsigned long v = strtoul(digits, &end, 16);
		if (!*digits || v > TOP || (!braces && strlen(digits) != 2) ||
		    (braces && ps->p[2 + strlen(digits)] != '}')) {
			fail(ps, ERR_INVALID, "invalid escape sequence");
			return 0;
		}
		ps->p += 1 + strlen(digits) + (braces ? 2 : 0);
		return (uint32_t)v;
	}
	default:
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
			fail(ps, ERR_UNSUPPORTED, "unsupported escape sequence");
			return 0;
		}
		return rune(&ps->p, ps->p + strlen(ps->p));
	}
}

static uint32_t class_char(struct parser *ps)
{
	if (*ps->p == '\\') {
		ps->p++;
		return escape(ps);
	}
	return rune(&ps->p, ps->p + strlen(ps->p));
}

static void parse_class(struct parser *ps)
{
	size_t first = ps->re->n_ranges;
	bool negated = *ps->p == '^', start = true;
	if (negated)
		ps->p++;
	for (; ps->rc == 0 && (*ps->p != ']' || start); start = false) {
		if (!*ps->p) {
			fail(ps, ERR_INVALID, "missing closing ]");
			return;
		}
		if (ps->p[0] == '[' && ps->p[1] == ':') {
			if (!posix_class(ps))
				fail(ps, ERR_INVALID, "invalid character class");
			continue;
		}
		if (ps->p[0] == '\\' && ps->p[1] && perl_class(ps, ps->p[1])) {
			ps->p += 2;
			continue;
		}
		uint32_t lo = class_char(ps), hi = lo;
		if (ps->p[0] == '-' && ps->p[1] && ps->p[1] != ']') {
			ps->p++;
			hi = class_char(ps);
			if (hi < lo)
				fail(ps, ERR_INVALID, "invalid character class range");
		}
		add_range(ps, lo, hi);
	}
	if (ps->rc == 0)
		ps->p++;
	int32_t n = (int32_t)(ps->re->n_ranges - first);
	emit(ps, OP_CLASS, (int32_t)first, negated ? -n : n);
}

static void parse_alternatives(struct parser *ps);

static void parse_group(struct parser *ps)
{
	bool fold = ps->fold, dot_all = ps->dot_all;
	if (ps->p[0] == '?') {
		bool on = true, done = false;
		ps->p++;
		if (ps->p[0] == 'P' || ps->p[0] == '<') { /* a name */
			const char *end = strchr(ps->p, '>');
			if (!end) {
				fail(ps, ERR_INVALID, "invalid named capture");
				return;
			}
			ps->p = end + 1;
			done = true;
		}
		while (!done && ps->rc == 0) {
			switch (*ps->p++) {
			case ':':
				done = true;
				break;
			case '-':
				on = false;
				break;
			case 'i':
				ps->fold = on;
				break;
			case 's':
				ps->dot_all = on;
				break;
			case 'm':
			case 'U':
				break; /* without effect on whether one line matches */
			case ')':
				return; /* flags for the rest of the enclosing group */
			default:
				ps->p--;
				fail(ps, ERR_UNSUPPORTED, "unsupported group");
			}
		}
	}
	if (++ps->depth > MAX_DEPTH)
		fail(ps, ERR_INVALID, "expression nests too deeply");
	if (ps->rc == 0)
		parse_alternatives(ps);
	ps->depth--;
	if (*ps->p != ')')
		fail(ps, ERR_INVALID, "missing closing )");
	else
		ps->p++;
	ps->fold = fold;
	ps->dot_all = dot_all;
}

/* One thing that can be repeated; false where an alternative ends. */
static bool parse_atom(struct parser *ps)
{
	switch (*ps->p) {
	case '\0':
	case '|':
	case ')':
		return false;
	case '(':
		ps->p++;
		parse_group(ps);
		return ps->rc == 0;
	case '[':
		ps->p++;
		parse_class(ps);
		return ps->rc == 0;
	case '.':
		ps->p++;
		emit(ps, ps->dot_all ? OP_ANY_NL : OP_ANY, 0, 0);
		return ps->rc == 0;
	case '^':
		ps->p++;
		emit(ps, OP_BEGIN, 0, 0);
		return ps->rc == 0;
	case '$':
		ps->p++;
		emit(ps, OP_END, 0, 0);
		return ps->rc == 0;
	case '*':
	case '+':
	case '?':
		fail(ps, ERR_INVALID, "missing argument to repetition operator");
		return false;
	case '\\': {
		size_t first = ps->re->n_ranges;
		char c = ps->p[1];
		ps->p++;
		if (c && perl_class(ps, c)) {
			ps->p++;
			emit(ps, OP_CLASS, (int32_t)first, (int32_t)(ps->re->n_ranges - first));
		} else if (c == 'A' || c == 'z' || c == 'b' || c == 'B') {
			ps->p++;
			emit(ps, c == 'A' ? OP_BEGIN : c == 'z' ? OP_END : c == 'b' ? OP_WORD : OP_NOT_WORD, 0, 0);
		} else {
			uint32_t r = escape(ps);
			emit(ps, OP_CHAR, (int32_t)r, 0);
		}
		return ps->rc == 0;
	}
	default: {
		uint32_t r = rune(&ps->p, ps->p + strlen(ps->p));
		emit(ps, OP_CHAR, (int32_t)r, 0);
		return ps->rc == 0;
	}
	}
}

/* {n}, {n,}, {n,m}: false when it is no repetition and the brace a plain character. max -1: unbounded. */
static bool parse_bounds(struct parser *ps, long *min, long *max)
{
	char *end;
	const char *p = ps->p + 1;
	if (*p < '0' || *p > '9')
		return false;
	*min = *max = strtol(p, &end, 10);
	if (*end == ',') {
		p = end + 1;
		*max = -1;
		end = (char *)p;
		if (*p >= '0' && *p <= '9')
			*max = strtol(p, &end, 10);
	}
	if (*end != '}')
		return false;
	ps->p = end + 1;
	return true;
}

static void repeat(struct parser *ps, size_t at, long min, long max)
{
	size_t len = ps->re->n - at;
	if (ps->rc < 0)
		return;
	if (len == 0 && min <= MAX_REPEAT && max <= MAX_REPEAT) /* () repeated is () */
		return;
	if (min > MAX_REPEAT || max > MAX_REPEAT || (max >= 0 && max < min)) {
		fail(ps, ERR_INVALID, "invalid repeat count");
		return;
	}
	AUTO_FREE struct inst *block = malloc((len + 1) * sizeof *block);
	if (!block) {
		ps->rc = err_nomem(ps->e);
		return;
	}
	memcpy(block, ps->re->prog + at, len * sizeof *block);
	ps->re->n = at;
	for (long i = 0; i < min && ps->rc == 0; i++)
		copy(ps, block, len);
	if (max < 0) {
		emit(ps, OP_SPLIT, 1, (int32_t)len + 2);
		copy(ps, block, len);
		emit(ps, OP_JMP, -(int32_t)len - 1, 0);
	}
	for (long i = min; i < max && ps->rc == 0; i++) {
		emit(ps, OP_SPLIT, 1, (int32_t)len + 1);
		copy(ps, block, len);
	}
}

static void parse_sequence(struct parser *ps)
{
	size_t at = ps->re->n;
	while (ps->rc == 0 && parse_atom(ps)) {
		long min, max;
		for (;;) {
			if (*ps->p == '*') {
				ps->p++;
				repeat(ps, at, 0, -1);
			} else if (*ps->p == '+') {
				ps->p++;
				repeat(ps, at, 1, -1);
			} else if (*ps->p == '?') {
				ps->p++;
				repeat(ps, at, 0, 1);
			} else if (*ps->p == '{' && parse_bounds(ps, &min, &max)) {
				repeat(ps, at, min, max);
			} else {
				break;
			}
			if (*ps->p == '?') /* lazy: matches the same texts */
				ps->p++;
			if (ps->rc < 0)
				return;
		}
		at = ps->re->n;
	}
}

static void parse_alternatives(struct parser *ps)
{
	size_t start = ps->re->n;
	parse_sequence(ps);
	while (ps->rc == 0 && *ps->p == '|') {
		ps->p++;
		size_t len = ps->re->n - start;
		insert(ps, start, OP_SPLIT, 1, (int32_t)len + 2);
		emit(ps, OP_JMP, 0, 0);
		size_t jmp = ps->re->n - 1;
		/* the rest is one block of alternatives, so that earlier jumps stay right */
		size_t rest = ps->re->n;
		if (++ps->depth > MAX_DEPTH * 10)
			fail(ps, ERR_INVALID, "too many alternatives");
		if (ps->rc == 0)
			parse_alternatives(ps);
		ps->depth--;
		if (ps->rc == 0)
			ps->re->prog[jmp].x = (int32_t)(ps->re->n - rest) + 1;
	}
}

int regex_new(struct regex **ret, const char *pattern, struct err *e)
{
	CLEANUP(regex_free_p) struct regex *re = calloc(1, sizeof *re);
	if (!re)
		return err_nomem(e);
	struct parser ps = {.re = re, .p = pattern, .e = e};
	parse_alternatives(&ps);
	if (ps.rc == 0 && *ps.p)
		fail(&ps, ERR_INVALID, "unexpected )");
	emit(&ps, OP_MATCH, 0, 0);
	if (ps.rc < 0)
		return ps.rc;
	*ret = TAKE_PTR(re);
	return 0;
}

struct threads {
	uint32_t *pc;
	size_t n;
	uint32_t *mark; /* per instruction: generation it was added in */
	uint32_t gen;
};

static bool word_char(int64_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Follows empty moves from pc; before and after are the neighbouring characters, -1 at the ends. */
static void add_thread(const struct regex *re, struct threads *t, uint32_t *stack, size_t pc, int64_t before,
		       int64_t after)
{
	size_t top = 0;
	stack[top++] = (uint32_t)pc;
	while (top) {
		uint32_t at = stack[--top];
		if (t->mark[at] == t->gen)
			continue;
		t->mark[at] = t->gen;
		const struct inst *in = &re->prog[at];
		bool edge = word_char(before) != word_char(after);
		switch ((enum op)in->op) {
		case OP_JMP:
			stack[top++] = (uint32_t)((int64_t)at + in->x);
			break;
		case OP_SPLIT:
			stack[top++] = (uint32_t)((int64_t)at + in->y);
			stack[top++] = (uint32_t)((int64_t)at + in->x);
			break;
		case OP_BEGIN:
			if (before < 0)
				stack[top++] = at + 1;
			break;
		case OP_END:
			if (after < 0)
				stack[top++] = at + 1;
			break;
		case OP_WORD:
			if (edge)
				stack[top++] = at + 1;
			break;
		case OP_NOT_WORD:
			if (!edge)
				stack[top++] = at + 1;
			break;
		default:
			t->pc[t->n++] = at;
		}
	}
}

static bool in_class(const struct regex *re, const struct inst *in, uint32_t c)
{
	int32_t n = in->y < 0 ? -in->y : in->y;
	for (int32_t i = 0; i < n; i++)
		if (c >= re->ranges[in->x + i].lo && c <= re->ranges[in->x + i].hi)
			return true;
	return false;
}

static uint32_t other_case(uint32_t c)
{
	if (c >= 'a' && c <= 'z')
		return c - 32;
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool consumes(const struct regex *re, const struct inst *in, uint32_t c)
{
	switch ((enum op)in->op) {
	case OP_CHAR:
		return c == (uint32_t)in->x || (in->fold && other_case(c) == (uint32_t)in->x);
	case OP_ANY:
		return c != '\n';
	case OP_ANY_NL:
		return true;
	case OP_CLASS:
		return (in_class(re, in, c) || (in->fold && in_class(re, in, other_case(c)))) != (in->y < 0);
	default:
		return false;
	}
}

bool regex_match(const struct regex *re, const char *s, size_t n)
{
	/* two thread lists, their marks, and a stack: each instruction pushes at most two */
	AUTO_FREE uint32_t *mem = calloc(re->n * 6 + 8, sizeof *mem);
	if (!mem)
		return false;
	struct threads now = {.pc = mem, .mark = mem + re->n, .gen = 1},
		       next = {.pc = mem + 2 * re->n, .mark = mem + 3 * re->n};
	uint32_t *stack = mem + 4 * re->n;
	const char *p = s, *end = s + n;
	int64_t before = -1;
	uint32_t gen = 1;
	for (;;) {
		const char *q = p;
		int64_t c = p < end ? (int64_t)rune(&q, end) : -1;
		add_thread(re, &now, stack, 0, before, c); /* a match may begin anywhere */
		const char *q2 = q;
		int64_t after = c >= 0 && q < end ? (int64_t)rune(&q2, end) : -1;
		next.n = 0;
		next.gen = ++gen;
		for (size_t i = 0; i < now.n; i++) {
			const struct inst *in = &re->prog[now.pc[i]];
			if (in->op == OP_MATCH)
				return true;
			if (c >= 0 && consumes(re, in, (uint32_t)c))
				add_thread(re, &next, stack, now.pc[i] + 1, c, after);
		}
		if (c < 0)
			return false;
		struct threads t = now;
		now = next;
		next = t;
		before = c;
		p = q;
	}
}
