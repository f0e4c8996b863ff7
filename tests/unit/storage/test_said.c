/* What plug-ins say: without secrets and control characters; and the annotations that they may set. */
#include "base/str.h"
#include "storage/exec.h"
#include "storage/provision.h"
#include "storage/redact.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static const char request[] =
    "{'secrets':{'key':'s3cret','longer':'s3cret-and-more','short':'abc','pem':'-----BEGIN\\nMIIEv0001\\nMIIEv0002\\n',"
    "'quoted':'a\\u0022b\\u0022c',"
    "'csi.storage.k8s.io/serviceAccount.tokens':'{\\u0022vault\\u0022:{\\u0022token\\u0022:\\u0022eyJinner\\u0022}}'},"
    "'pod':{'tokens':{'vault':{'token':'eyJtoken'}}}}";

static void check_redacted(const char *said, const char *want)
{
	AUTO_JSON json_t *req = parse_quoted(request);
	AUTO_FREE char *text = str_dup(said);

	CHECK(req != NULL);
	redact(text, strlen(text), req);
	CHECK_STR(text, want);
}

static void test_redact(void)
{
	check_redacted("", "");
	check_redacted("wrong key s3cret, s3cret!", "wrong key ******, ******!");
	check_redacted("s3cret-and-more", "***************");
	check_redacted("abc is short", "abc is short");
	check_redacted("+ login MIIEv0002", "+ login *********");
	check_redacted("in JSON a\\\"b\\\"c", "in JSON *******");
	check_redacted("as it is a\"b\"c", "as it is *****");
	check_redacted("base64 czNjcmV0 x", "base64 ******** x"); /* of s3cret, as a Secret has it */
	check_redacted("eyJtoken and eyJinner", "******** and ********");
	char text[] = "no secrets: s3cret";
	redact(text, strlen(text), NULL);
	CHECK_STR(text, "no secrets: s3cret");
}

static void test_printable(void)
{
	char a[] = "a\x1b[31mred\r\nb\x7f",
	     b[] = "x\xc2\x9b"
		   "31m\xc3\xa9",
	     c[] = "\xff!";

	make_printable(a);
	CHECK_STR(a, "a [31mred  b ");
	make_printable(b);
	CHECK_STR(b, "x  31m\xc3\xa9");
	make_printable(c);
	CHECK(utf8_sequence((const unsigned char *)c, strlen(c)) > 0);
}

static void answer(const char *out, const char *errout, int status, struct err *e)
{
	AUTO_JSON json_t *req = parse_quoted(request);
	AUTO_JSON json_t *v = NULL;

	*e = (struct err){0};
	CHECK(exec_answer(req, out, strlen(out), errout, strlen(errout), status, &v, e) < 0);
}

/* Cut in the middle of a secret, neither half of it is to be seen. */
static void test_cut(void)
{
	AUTO_BUF struct buf line = {0};
	struct err e;

	answer("", "login failed: s3cret", 1, &e);
	CHECK(strstr(e.msg, "login failed: ******") && !strstr(e.msg, "s3c"));
	answer("{\"error\":{\"code\":\"INTERNAL\",\"message\":\"key s3cret\\u001b[2J is wrong\"}}", "", 1, &e);
	CHECK(strstr(e.msg, "INTERNAL: key ****** [2J is wrong"));
	answer("{\"error\":{\"code\":\"s3cret\",\"message\":\"x\"}}", "", 1, &e);
	CHECK(!strstr(e.msg, "s3c"));
	answer("{s3cret: 1}", "", 0, &e);
	CHECK(strstr(e.msg, "no JSON") && !strstr(e.msg, "s3c"));
	for (int i = 0; i < 50; i++)
		buf_addf(&line, "%d s3cret-and-more ", i);
	answer("", line.data, 1, &e);
	CHECK(!strstr(e.msg, "s3c"));
	for (int i = 0; i < 10000; i++)
		buf_addf(&line, "%d s3cret-and-more ", i);
	answer("", line.data, 1, &e);
	CHECK(strstr(e.msg, "too long to be shown"));
}

static int annotated(const char *kind, const char *key, struct err *e)
{
	AUTO_JSON json_t *pvc = parse_quoted("{'metadata':{'namespace':'a','name':'c','uid':'u','resourceVersion':'1'},"
					     "'spec':{'accessModes':['ReadWriteOnce'],"
					     "'resources':{'requests':{'storage':'1Gi'}}}}");
	AUTO_JSON json_t *sc = parse_quoted("{'metadata':{'name':'class'}}");
	AUTO_JSON json_t *reply = json_pack("{s:s,s:{s:{s:s,s:{s:s}}},s:{s:s}}", "handle", "h", "source", "flexVolume",
					    "driver", "x", "options", "volumeHandle", "h", "annotations", key, "value");
	AUTO_JSON json_t *create = json_pack("{s:I}", "capacityBytes", (json_int_t)1 << 30);
	AUTO_JSON json_t *pv = NULL;
	struct plugin p = {.name = (char[]){"example.org/x"}, .driver = (char[]){"example.org/x"}, .kind = kind};
	struct provision_request q = {.create = create, .volume = (char[]){"pvc-u"}};

	*e = (struct err){0};
	int r = provision_request_volume(&pv, &q, &p, pvc, sc, NULL, reply, e);
	CHECK(r < 0 || streq(json_string_value(json_at(pv, "metadata", "annotations", key, NULL)), "value"));
	return r;
}

static void test_annotations(void)
{
	static const char *const bad[] = {"minik.io/made-by-node",
					  "minik.io/volume-handle",
					  "pv.kubernetes.io/provisioned-by",
					  "volume.kubernetes.io/provisioner-deletion-secret-name",
					  "kubernetes.io/x",
					  "K8S.IO/x",
					  "storage.k8s.io/x",
					  "a.MINIK.io/x"},
				 *const good[] = {"example.org/x", "plain", "notkubernetes.io/x",
						  "minik.io.example.org/x"};
	struct err e;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CHECK_INT(annotated("program", bad[i], &e), ERR_INVALID);
		CHECK(strstr(e.msg, bad[i]) && strstr(e.msg, "not for plug-ins to set"));
	}
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		CHECK_INT(annotated("program", good[i], &e), 0);
	CHECK_INT(annotated("built in", "minik.io/enforce", &e), 0);
}

int main(void)
{
	RUN(test_redact);
	RUN(test_printable);
	RUN(test_cut);
	RUN(test_annotations);
	return TEST_END();
}
