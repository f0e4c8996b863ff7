/*
 * Regular expressions that are handed to nginx. It has PCRE, which minik does not link (its own regcomp knows another
 * language), so the expression is read here, by a grammar that is a subset of PCRE's: what passes is sure to compile
 * there. Left out is what nobody needs for paths and what makes matching costly or strange: back references, recursion,
 * lookbehind, callouts, verbs, \Q, \C.
 */
#include <stdlib.h>
#include <string.h>
#include "base/str.h"
#include "ingress/grammar.h"

#define MAX_EXPR   1024
#define MAX_DEPTH  20
#define MAX_GROUPS 64
#define MAX_REPEAT 255 /* PCRE unrolls them */
#define MAX_COST   4096

struct reader {
	const char *p;
	unsigned depth, groups;
	const char *why;
};

static bool fail(struct reader *r, const char *why)
{
	r->why = r->why ? r->why : why;
	return false;
}

/* After a backslash. set: inside of [...]. class: it stands for several characters. */
static bool read_escape(struct reader *r, bool set, bool *class)
{
	char c = *r->p;

	*class = false;
	if (!c)
		return fail(r, "it ends with a backslash");
	if (c == 'x') { /* \xHH */
		if (!strchr("0123456789abcdefABCDEF", r->p[1]) || !r->p[1] ||
		    !strchr("0123456789abcdefABCDEF", r->p[2]) || !r->p[2])
			return fail(r, "\\x is followed by two hexadecimal digits");
		if (r->p[1] == '0' && r->p[2] == '0')
			return fail(r, "there are no zero bytes");
		r->p += 3;
		return true;
	}
	if (strchr("dDsSwWhHvV", c))
		*class = true;
	else if (strchr("bBAzZ", c)
		     ? set && c != 'b'
		     : (unsigned char)c < 0x80 &&
			   ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) &&
			   !strchr("tnrfe", c))
		return fail(r, "of backslashes with a letter or digit, \\d \\D \\s \\S \\w \\W \\h \\H \\v \\V \\b \\B "
			       "\\A \\z \\Z \\t \\n \\r \\f \\e "
			       "and \\xHH are taken");
	r->p++;
	return true;
}

static bool read_posix(struct reader *r)
{
	static const char *const names[] = {"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
					    "lower", "print", "punct", "space", "upper", "word",  "xdigit"};
	const char *p = r->p + 2;

	p += *p == '^';
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t n = strlen(names[i]);
		if (strncmp(p, names[i], n) == 0 && p[n] == ':' && p[n + 1] == ']') {
			r->p = p + n + 2;
			return true;
		}
	}
	return fail(r, "an unknown class in [[:...:]]");
}

/* One character of a set, or a class (then *code is -1). */
static bool read_member(struct reader *r, int *code)
{
	bool class;

	if (*r->p == '[' && (r->p[1] == ':' || r->p[1] == '.' || r->p[1] == '=')) {
		*code = -1;
		return r->p[1] == ':' ? read_posix(r) : fail(r, "[. and [= are not taken");
	}
	if (*r->p != '\\') {
		*code = (unsigned char)*r->p++;
		return true;
	}
	r->p++;
	const char *at = r->p;
	if (!read_escape(r, true, &class))
		return false;
	if (class)
		*code = -1;
	else if (*at == 'x')
		*code = (int)strtol((char[]){at[1], at[2], '\0'}, NULL, 16);
	else
		*code = *at == 't'   ? '\t'
			: *at == 'n' ? '\n'
			: *at == 'r' ? '\r'
			: *at == 'f' ? '\f'
			: *at == 'e' ? 27
			: *at == 'b' ? '\b'
				     : (unsigned char)*at;
	return true;
}

static bool read_set(struct reader *r)
{
	int from, to;

	r->p++;
	if (*r->p == ':' || *r->p == '.' || *r->p == '=') /* PCRE may take it for [[:...:]] in the wrong place */
		return fail(r, "a set does not begin with : . or =");
	r->p += *r->p == '^';
	for (bool first = true; *r->p && (first || *r->p != ']'); first = false) {
		if (!read_member(r, &from))
			return false;
		if (*r->p != '-' || r->p[1] == ']' || !r->p[1])
			continue;
		r->p++;
		if (!read_member(r, &to))
			return false;
		if (from < 0 || to < 0 || from > to)
			return fail(r, "a range in [...] goes backwards or has a class for its end");
	}
	if (*r->p != ']')
		return fail(r, "a [ is not closed");
	r->p++;
	return true;
}

static bool read_alternatives(struct reader *r, unsigned long *cost);

static bool read_group(struct reader *r, bool *look, unsigned long *cost)
{
	*look = false;
	r->p++;
	if (*r->p == '*')
		return fail(r, "(* is not taken");
	if (*r->p == '?') {
		r->p++;
		if (*r->p == '=' || *r->p == '!')
			*look = true;
		else if (*r->p != ':')
			return fail(r, "of groups with (? the kinds (?: (?= and (?! are taken");
		r->p++;
	} else if (++r->groups > MAX_GROUPS)
		return fail(r, "it has more than 64 groups");
	if (++r->depth > MAX_DEPTH)
		return fail(r, "its groups are nested deeper than 20");
	if (!read_alternatives(r, cost))
		return false;
	r->depth--;
	if (*r->p != ')')
		return fail(r, "a ( is not closed");
	r->p++;
	return true;
}

/* "{2}", "{2,}", "{2,5}": anything else with { is that character itself, which is confusing: refused. */
static bool read_braces(struct reader *r, unsigned long *times)
{
	char *end;
	unsigned long lo, hi;

	r->p++;
	if (*r->p < '0' || *r->p > '9')
		return fail(r, "{ is followed by a number, or has a backslash in front");
	lo = hi = strtoul(r->p, &end, 10);
	if (*end == ',') {
		r->p = end + 1;
		if (*r->p >= '0' && *r->p <= '9')
			hi = strtoul(r->p, &end, 10);
		else
			end = (char *)(uintptr_t)r->p;
	}
	if (*end != '}')
		return fail(r, "a { is not closed");
	if (lo > MAX_REPEAT || hi > MAX_REPEAT || lo > hi)
		return fail(r, "{N,M} is up to 255 and in order");
	r->p = end + 1;
	*times = hi;
	return true;
}

static bool read_quantifier(struct reader *r, bool can, unsigned long *times)
{
	*times = 1;
	if (!*r->p || !strchr("*+?{", *r->p))
		return true;
	if (!can)
		return fail(r, "there is nothing before a * + ? or { that it could repeat");
	if (*r->p == '{') {
		if (!read_braces(r, times))
			return false;
	} else
		r->p++;
	if (*r->p == '?' || *r->p == '+') /* lazy, possessive */
		r->p++;
	if (*r->p && strchr("*+?{", *r->p))
		return fail(r, "two repetitions follow one another");
	return true;
}

static bool read_alternatives(struct reader *r, unsigned long *cost)
{
	unsigned long sum = 0;

	while (*r->p && *r->p != ')') {
		unsigned long one = 1, times;
		bool can = true, class, look = false;
		switch (*r->p) {
		case '|':
			r->p++;
			continue;
		case '(':
			if (!read_group(r, &look, &one))
				return false;
			can = !look;
			break;
		case '[':
			if (!read_set(r))
				return false;
			break;
		case '\\':
			r->p++;
			can = *r->p && !strchr("bBAzZ", *r->p);
			if (!read_escape(r, false, &class))
				return false;
			break;
		case '^':
		case '$':
			can = false;
			r->p++;
			break;
		case '*':
		case '+':
		case '?':
		case '{':
			return fail(r, "there is nothing before a * + ? or { that it could repeat");
		default:
			r->p++;
		}
		if (!read_quantifier(r, can, &times))
			return false;
		sum += one * (times ? times : 1);
		if (sum > MAX_COST)
			return fail(r, "its repetitions make it too large");
	}
	*cost = sum;
	return true;
}

const char *regex_fault(const char *expr)
{
	struct reader r = {.p = expr};
	unsigned long cost;

	if (strlen(expr) > MAX_EXPR)
		return "it is longer than 1024 bytes";
	for (const unsigned char *p = (const unsigned char *)expr; *p; p++)
		if (*p < 0x20 || *p == 0x7f)
			return "it has control characters";
	if (!read_alternatives(&r, &cost))
		return r.why;
	return *r.p ? "a ) closes nothing" : NULL;
}

char *regex_quote(const char *s)
{
	char *out = malloc(strlen(s) * 2 + 1), *o = out;

	for (; out && *s; s++) {
		if (strchr("\\^$.|?*+()[]{}", *s))
			*o++ = '\\';
		*o++ = *s;
	}
	if (out)
		*o = '\0';
	return out;
}
