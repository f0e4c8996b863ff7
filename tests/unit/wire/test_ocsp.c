/* Answers of a real responder: which are believed, for which certificate and time. */
#include "base/buf.h"
#include "base/str.h"
#include "tests/unit/test.h"
#include "tests/unit/wire/ocsp_data.h"
#include "wire/cert.h"
#include "wire/ocsp.h"

#define CHAIN OCSP_GOOD OCSP_CA
#define DAY   86400

static void asking(void)
{
	struct ocsp_ask a = {0};
	struct err e = {0};

	/* ldap:// comes first, and is nothing for us */
	CHECK(ocsp_ask_new(&a, CHAIN, &e) == 0);
	CHECK_STR(a.url, "http://ocsp.example:8080/a?b=c");
	CHECK(a.request && a.request->len > 60 && a.request->len < 200 && a.request->data[0] == 0x30);
	ocsp_ask_done(&a);
	/* whatever stands between, of two authorities of one name the one that signed */
	CHECK(ocsp_ask_new(&a, OCSP_SECOND OCSP_OTHER OCSP_GOOD OCSP_CA, &e) == 0);
	CHECK_STR(a.url, "http://ocsp.example/");
	ocsp_ask_done(&a);
	CHECK(ocsp_ask_new(&a, OCSP_PLAIN OCSP_CA, &e) == ERR_NOT_FOUND && strstr(e.msg, "names no OCSP responder"));
	CHECK(ocsp_ask_new(&a, OCSP_SECURE OCSP_CA, &e) == ERR_INVALID && strstr(e.msg, "http://"));
	CHECK(ocsp_ask_new(&a, OCSP_GOOD, &e) == ERR_INVALID && strstr(e.msg, "issuer is not in its chain"));
	CHECK(ocsp_ask_new(&a, OCSP_GOOD OCSP_OTHER, &e) == ERR_INVALID);
	CHECK(ocsp_ask_new(&a, "", &e) < 0 && ocsp_ask_new(&a, "garbage", &e) < 0);
	CHECK(!a.url && !a.request);
	AUTO_BUF struct buf many = {0};
	for (int i = 0; i < 33; i++)
		buf_adds(&many, OCSP_GOOD);
	CHECK(ocsp_ask_new(&a, many.data, &e) == ERR_INVALID && strstr(e.msg, "more than 32"));
}

static int check(const char *chain, const char *b64, time_t now, struct err *e)
{
	AUTO_FREE void *der = NULL;
	size_t n = 0;
	time_t since = 1, until = 1;

	CHECK(b64_decode(b64, strlen(b64), false, &der, &n) == 0);
	int code = ocsp_answer_check(chain, der, n, now, &since, &until, e);
	/* They were made one after another. */
	CHECK(code == 0 ? since >= OCSP_NOW - 9 && since <= OCSP_NOW + 9 && until == since + 7 * DAY : since == 1 && until == 1);
	return code;
}

static void answers(void)
{
	static const struct {
		const char *what, *chain, *answer;
		time_t now;
		int code;
		const char *says;
	} all[] = {
	    {"good", CHAIN, OCSP_R_GOOD, OCSP_NOW + 60, 0, NULL},
	    {"good until its end", CHAIN, OCSP_R_GOOD, OCSP_NOW + 7 * DAY - 1, 0, NULL},
	    {"the responder's clock is ahead", CHAIN, OCSP_R_GOOD, OCSP_NOW - 200, 0, NULL},
	    {"of whom the issuer lets sign", CHAIN, OCSP_R_DELEGATED, OCSP_NOW, 0, NULL},
	    {"of somebody whom it does not", CHAIN, OCSP_R_NOTSIGNER, OCSP_NOW, ERR_INVALID, "not signed by"},
	    {"of another authority of that name", CHAIN, OCSP_R_OTHER, OCSP_NOW, ERR_INVALID, "not signed by"},
	    {"an issuer that is none", OCSP_GOOD OCSP_OTHER, OCSP_R_GOOD, OCSP_NOW, ERR_INVALID, "not in its chain"},
	    {"without issuer", OCSP_GOOD, OCSP_R_GOOD, OCSP_NOW, ERR_INVALID, "not in its chain"},
	    {"about another certificate", CHAIN, OCSP_R_SECOND, OCSP_NOW, ERR_INVALID, "another certificate"},
	    {"revoked", CHAIN, OCSP_R_REVOKED, OCSP_NOW, ERR_FORBIDDEN, "is revoked"},
	    {"unknown", CHAIN, OCSP_R_UNKNOWN, OCSP_NOW, ERR_UNAVAILABLE, "does not know"},
	    {"expired", CHAIN, OCSP_R_GOOD, OCSP_NOW + 7 * DAY, ERR_INVALID, "has expired (nextUpdate"},
	    {"revoked, but long ago", CHAIN, OCSP_R_REVOKED, OCSP_NOW + 8 * DAY, ERR_INVALID, "has expired"},
	    {"of tomorrow", CHAIN, OCSP_R_GOOD, OCSP_NOW - DAY, ERR_INVALID, "a time to come"},
	    {"without an end", CHAIN, OCSP_R_NONEXT, OCSP_NOW, ERR_INVALID, "does not say until when"},
	    {"tryLater", CHAIN, "MAMKAQM=", OCSP_NOW, ERR_UNAVAILABLE, "tryLater"},
	    {"unauthorized", CHAIN, "MAMKAQY=", OCSP_NOW, ERR_UNAVAILABLE, "unauthorized"},
	    {"successful and empty", CHAIN, "MAMKAQA=", OCSP_NOW, -1, NULL},
	    {"nothing", CHAIN, "", OCSP_NOW, ERR_PROTO, "no OCSP answer"},
	    {"HTML", CHAIN, "PGh0bWw+", OCSP_NOW, ERR_PROTO, "no OCSP answer"},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct err e = {0};
		int code = check(all[i].chain, all[i].answer, all[i].now, &e);
		bool good = (all[i].code == -1 ? code < 0 : code == all[i].code) && (!all[i].says || strstr(e.msg, all[i].says));
		CHECK(good);
		if (!good)
			fprintf(stderr, "%s: %d %s\n", all[i].what, code, e.msg);
	}
}

/* Every byte of a good one, another: none of them may be believed, nor read beyond its end. */
static void broken(void)
{
	AUTO_FREE void *der = NULL;
	size_t n = 0, believed = 0;
	time_t since, until;

	CHECK(b64_decode(OCSP_R_GOOD, strlen(OCSP_R_GOOD), false, &der, &n) == 0);
	for (size_t i = 0; i < n; i++) {
		AUTO_FREE unsigned char *copy = malloc(n);
		memcpy(copy, der, n);
		copy[i] ^= (unsigned char)(1u << i % 8);
		if (ocsp_answer_check(CHAIN, copy, n, OCSP_NOW, &since, &until, NULL) == 0) {
			believed++;
			CHECK(since == OCSP_NOW && until == OCSP_NOW + 7 * DAY);
		}
		AUTO_FREE unsigned char *cut = malloc(i ? i : 1);
		memcpy(cut, der, i);
		CHECK(ocsp_answer_check(CHAIN, cut, i, OCSP_NOW, &since, &until, NULL) < 0);
	}
	/* The certificate that it brings is not what is signed, and may be broken where nobody looks. */
	CHECK(believed < n / 2);
	AUTO_FREE void *large = calloc(1, OCSP_ANSWER_MAX + 1);
	struct err e = {0};
	memcpy(large, der, n);
	CHECK(ocsp_answer_check(CHAIN, large, OCSP_ANSWER_MAX + 1, OCSP_NOW, &since, &until, &e) == ERR_TOO_LARGE);
	CHECK(ocsp_answer_check(CHAIN, large, OCSP_ANSWER_MAX, OCSP_NOW, &since, &until, &e) < 0);
}

int main(void)
{
	RUN(asking);
	RUN(answers);
	RUN(broken);
	return TEST_END();
}
