/* CNI: configurations, what plug-ins print, chains, and what is kept of an attachment; plug-ins are scripts in a
 * folder. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "net/cni_internal.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

static bool conf(const char *text, bool is_list, struct cni_conf *c, struct err *e)
{
	AUTO_FREE char *t = str_dup(text);
	for (char *p = t; *p; p++)
		if (*p == '\'')
			*p = '"';
	*e = (struct err){0};
	return cni_conf_parse(t, strlen(t), is_list, c, e) == 0;
}

static void refused(const char *text, bool is_list, const char *why)
{
	struct cni_conf c = {0};
	struct err e;
	CHECK(!conf(text, is_list, &c, &e));
	if (!strstr(e.msg, why))
		CHECK_STR(e.msg, why);
}

static void configurations(void)
{
	struct cni_conf c = {0};
	struct err e;
	CHECK(conf(
	    "{'cniVersion':'1.0.0','name':'n','disableCheck':true,'plugins':[{'type':'a','x':[1,{}]},{'type':'b'}]}",
	    true, &c, &e));
	CHECK(c.version == CNI_1_0_0 && c.disable_check && !c.disable_gc && json_array_size(c.plugins) == 2);
	AUTO_JSON json_t *whole = cni_conf_json(&c);
	CHECK_STR(json_str(whole, "plugins[1].type"), "b");
	cni_conf_done(&c);
	/* One plug-in; no version is an old one. */
	CHECK(conf("{'name':'n','type':'bridge','ipam':{}}", false, &c, &e));
	CHECK(c.version == CNI_0_2_0 && json_array_size(c.plugins) == 1);
	cni_conf_done(&c);
	CHECK(conf("{'cniVersion':'1.0.0','cniVersions':['0.4.0','1.1.0','7.0.0'],'name':'n','plugins':[]}", true, &c,
		   &e));
	CHECK(c.version == CNI_1_1_0 && c.versions == (1u << CNI_0_4_0 | 1u << CNI_1_0_0 | 1u << CNI_1_1_0));
	cni_conf_done(&c);
	refused("[]", true, "is not a JSON object");
	refused("{", true, "");
	refused("{'cniVersion':'1.0.0','plugins':[{'type':'a'}]}", true, "has no name");
	refused("{'cniVersion':'1.0.0','name':'../a','plugins':[{'type':'a'}]}", true, "name \"../a\"");
	refused("{'cniVersion':'2.0.0','name':'n','plugins':[{'type':'a'}]}", true,
		"cniVersion \"2.0.0\" is not supported");
	refused("{'cniVersion':1,'name':'n','plugins':[{'type':'a'}]}", true, "not a string");
	refused("{'cniVersions':'1.0.0','name':'n','plugins':[{'type':'a'}]}", true, "cniVersions is not a list");
	refused("{'cniVersion':'1.0.0','name':'n','plugins':{}}", true, "plugins is not a list");
	refused("{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'a'},{}]}", true, "plugins[1] has no type");
	refused("{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'../../bin/sh'}]}", true,
		"not the name of a program");
	refused("{'cniVersion':'1.0.0','name':'n','plugins':[7]}", true, "has no type");
	refused("{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'a','capabilities':[]}]}", true,
		"capabilities is not an object");
	refused("{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'a'}]}", false, "*.conflist");
	refused("{'cniVersion':'1.0.0','name':'n'}", false, "has no type");
	AUTO_BUF struct buf many = {0};
	buf_adds(&many, "{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'a'}");
	for (int i = 0; i < CNI_PLUGIN_MAX; i++)
		buf_adds(&many, ",{'type':'a'}");
	buf_adds(&many, "]}");
	refused(many.data, true, "more than 32");
}

static void deriving(void)
{
	struct cni_conf c = {0};
	struct err e;
	CHECK(conf("{'cniVersion':'1.0.0','name':'n','plugins':[{'type':'a','mine':1,'capabilities':{'portMappings':"
		   "true,'dns':false},"
		   "'runtimeConfig':{'evil':1},'prevResult':{},'cni.dev/x':1}]}",
		   true, &c, &e));
	AUTO_JSON json_t *caps = parse_quoted("{'portMappings':[{'hostPort':1}],'dns':{},'bandwidth':{}}"),
			 *prev = parse_quoted("{'ips':[]}");
	AUTO_JSON json_t *got = cni_conf_derive(&c, 0, caps, prev),
			 *want = parse_quoted("{'type':'a','mine':1,'name':'n','cniVersion':'1.0.0','runtimeConfig':{'"
					      "portMappings':[{'hostPort':1}]},'prevResult':{'ips':[]}}");
	CHECK(json_equal(got, want));
	AUTO_JSON json_t *bare = cni_conf_derive(&c, 0, NULL, NULL),
			 *least = parse_quoted("{'type':'a','mine':1,'name':'n','cniVersion':'1.0.0'}");
	CHECK(json_equal(bare, least));
	CHECK(cni_conf_has(&c, "portMappings") && !cni_conf_has(&c, "dns") && !cni_conf_has(&c, "mac"));
	cni_conf_done(&c);
}

static int result_ips(const char *text, int version, char ips[2][48], struct err *e)
{
	AUTO_JSON json_t *r = NULL;
	AUTO_FREE char *t = str_dup(text);
	for (char *p = t; *p; p++)
		if (*p == '\'')
			*p = '"';
	memset(ips, 0, 96);
	*e = (struct err){0};
	int code = cni_result_parse(t, strlen(t), version, &r, e);
	return code < 0 ? code : cni_result_ips(r, ips, e);
}

static void results(void)
{
	char ips[2][48];
	struct err e;
	/* The host's side has an address as well; IPv6 first is primary. */
	CHECK(result_ips("{'cniVersion':'1.0.0','interfaces':[{'name':'cni0'},{'name':'eth0','sandbox':'/"
			 "x'}],'ips':[{'address':'10.0.0.1/24','interface':0},"
			 "{'address':'FD00:0::2/64','interface':1},{'address':'10.0.0.2/"
			 "24','interface':1},{'address':'10.0.0.3/24'}]}",
			 CNI_1_0_0, ips, &e) == 0);
	CHECK_STR(ips[0], "fd00::2");
	CHECK_STR(ips[1], "10.0.0.2");
	CHECK(result_ips("{'cniVersion':'0.2.0','ip4':{'ip':'10.0.0.2/24'},'ip6':{'ip':'fd00::2/64'}}", CNI_0_2_0, ips,
			 &e) == 0);
	CHECK_STR(ips[0], "10.0.0.2");
	CHECK_STR(ips[1], "fd00::2");
	CHECK(result_ips("{'ips':[{'version':'4','address':'10.0.0.2/24'}]}", CNI_0_3_1, ips, &e) == 0 && !ips[1][0]);
	static const char *const bad[] = {
	    "",
	    "{}",
	    "[]",
	    "null",
	    "{'ips':{}}",
	    "{'ips':[7]}",
	    "{'ips':[{}]}",
	    "{'ips':[{'address':7}]}",
	    "{'ips':[{'address':'10.0.0.2/33'}]}",
	    "{'ips':[{'address':'10.0.0.2/'}]}",
	    "{'ips':[{'address':'127.0.0.1/8'}]}",
	    "{'ips':[{'address':'0.0.0.0/0'}]}",
	    "{'ips':[{'address':'224.0.0.1/4'}]}",
	    "{'ips':[{'address':'::1/128'}]}",
	    "{'ips':[{'address':'::ffff:10.0.0.1/128'}]}",
	    "{'ips':[{'address':'ff02::1/64'}]}",
	    "{'ips':[{'address':'10.0.0.2 evil/24'}]}",
	    "{'cniVersion':'9.0.0','ips':[{'address':'10.0.0.2/24'}]}",
	    "{'cniVersion':7,'ips':[{'address':'10.0.0.2/24'}]}",
	    "{'cniVersion':'0.2.0','ips':[{'address':'10.0.0.2/24'}]}",
	    "{'interfaces':[{'sandbox':''}],'ips':[{'address':'10.0.0.2/24','interface':0}]}",
	    "{'ips':[{'address':'10.0.0.2/24','interface':99}]}",
	    "{'ips':[{'address':'10.0.0.2/24','interface':-1}]}",
	    "{'ips':[{'address':'10.0.0.2/24'}]} x"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int code = result_ips(bad[i], CNI_1_0_0, ips, &e);
		if (code != ERR_PROTO)
			CHECK_STR(bad[i], "refused");
		CHECK(code == ERR_PROTO && e.msg[0] && !ips[0][0]);
	}
	/* Between versions: each address says its family, or does not. */
	AUTO_JSON json_t *old = NULL, *now = NULL;
	const char *text = "{\"cniVersion\":\"0.4.0\",\"ips\":[{\"version\":\"4\",\"address\":\"10.0.0.2/24\"}]}",
		   *newer = "{\"cniVersion\":\"1.0.0\",\"ips\":[{\"address\":\"fd00::2/24\"}]}";
	CHECK(cni_result_parse(text, strlen(text), CNI_1_0_0, &now, &e) == 0 && !json_dot(now, "ips[0].version"));
	CHECK_STR(json_str(now, "cniVersion"), "1.0.0");
	CHECK(cni_result_parse(newer, strlen(newer), CNI_0_4_0, &old, &e) == 0);
	CHECK_STR(json_str(old, "ips[0].version"), "6");
}

static void errors(void)
{
	unsigned mask;
	char text[200];
	const char *v = "{\"supportedVersions\":[\"0.4.0\",\"1.1.0\",\"3.0.0\",7]}";
	CHECK(cni_supported_parse(v, strlen(v), &mask, NULL) == 0 && mask == (1u << CNI_0_4_0 | 1u << CNI_1_1_0));
	CHECK(cni_supported_parse("{}", 2, &mask, NULL) == ERR_PROTO &&
	      cni_supported_parse("", 0, &mask, NULL) == ERR_PROTO);
	const char *e = "{\"code\":7,\"msg\":\"bad\\u001b[31m \\nnews\",\"details\":\"more\"}",
		   *junk = "  line\x1b[0m\xff\n\n";
	CHECK_INT(cni_error_parse(e, strlen(e), "log", 3, text, sizeof(text)), 7);
	CHECK_STR(text, "bad [31m  news; more");
	CHECK_INT(cni_error_parse("", 0, e, strlen(e), text, sizeof(text)), 7); /* by standard error */
	CHECK_INT(cni_error_parse("", 0, junk, strlen(junk), text, sizeof(text)), 0);
	CHECK_STR(text, "  line [0m?");
	CHECK_INT(cni_error_parse("", 0, "", 0, text, sizeof(text)), 0);
	CHECK_STR(text, "");
}

/* --- with plug-ins --- */

static char top[] = "/tmp/minik-cni.XXXXXX";
static struct cni *cni;
static struct cni_config cfg;

static char *file(const char *name)
{
	static char path[4][256];
	static unsigned i;
	snprintf(path[++i % 4], sizeof(path[0]), "%s/%s", top, name);
	return path[i % 4];
}

static void put(const char *name, const char *text, mode_t mode)
{
	CHECK(fs_write_atomic(file(name), text, strlen(text), mode, NULL) == 0);
}

static char *get(const char *name)
{
	static struct buf b;
	buf_done(&b);
	return fs_read(file(name), 1 << 20, &b, NULL) == 0 && b.data ? b.data : "";
}

static void script(const char *type, const char *versions, const char *on_add)
{
	AUTO_FREE char
	    *name = str_fmt("bin/%s", type),
	    *text = str_fmt(
		"#!/bin/sh\ncd %s\ncase $CNI_COMMAND in VERSION) echo '{\"supportedVersions\":[%s]}'; exit;; esac\n"
		"cat >in-%s-$CNI_COMMAND; echo \"%s $CNI_COMMAND ${CNI_NETNS:-none} $MINIK_SECRET\" >>calls\n"
		"[ $CNI_COMMAND = ADD ] && { %s\n}\n[ -e fail-$CNI_COMMAND ] && { echo "
		"'{\"code\":11,\"msg\":\"later\"}'; exit 1; }\nexit 0\n",
		top, versions, type, type, on_add);
	put(name, text, 0755);
}

static int attach(const char *uid, char ips[2][48], struct err *e)
{
	AUTO_JSON json_t *pod = parse_quoted("{'metadata':{'annotations':{'k':'v'}},'spec':{'containers':[{'ports':[{'"
					     "containerPort':80,'hostPort':8080,'protocol':'UDP'}]}]}}");
	static const char *const cidrs[] = {"10.42.0.0/24", NULL};
	const struct cni_pod p = {uid, "ns", "pod", file("netns"), cidrs, pod, 1000, 0};
	bool unshaped;
	*e = (struct err){0};
	memset(ips, 0, 96);
	int r = cni_attach(cni, &p, ips, &unshaped, e);
	CHECK(r < 0 || unshaped);
	return r;
}

#define NET                                                                                                            \
	"{\"cniVersion\":\"0.4.0\",\"name\":\"net\",\"plugins\":[{\"type\":\"one\",\"capabilities\":{"                 \
	"\"portMappings\":true,\"ipRanges\":true}},{\"type\":\"two\"}]}"
#define IPS "echo '{\"cniVersion\":\"0.4.0\",\"ips\":[{\"address\":\"10.42.0.5/24\"}]}';"

static void chain(void)
{
	char ips[2][48];
	struct err e = {0};
	CHECK(!cni_ready(cni, NULL, &e) && strstr(e.msg, "cni config uninitialized: no *.conf"));
	CHECK(attach("u1", ips, &e) == ERR_UNAVAILABLE && strstr(e.msg, "uninitialized"));
	put("net.d/10-a.conflist", NET, 0644);
	CHECK(!cni_ready(cni, NULL, &e) && strstr(e.msg, "plug-in one is not in"));
	script("one", "\"0.4.0\",\"1.0.0\"", IPS);
	script("two", "\"0.4.0\"", "cat in-two-ADD | sed 's/.*\"prevResult\"://; s/}$//';");
	AUTO_FREE char *network = NULL;
	CHECK(cni_ready(cni, &network, &e) && str_has_prefix(network, "net ("));
	CHECK(setenv("MINIK_SECRET", "token", 1) == 0);
	CHECK(attach("u1", ips, &e) == 0);
	CHECK_STR(e.msg, "");
	CHECK_STR(ips[0], "10.42.0.5");
	AUTO_FREE char *want = str_fmt("one ADD %s \ntwo ADD %s \n", file("netns"), file("netns"));
	CHECK_STR(get("calls"), want); /* and not our secret */
	AUTO_JSON json_t *one = parse(get("in-one-ADD"));
	CHECK_STR(json_str(one, "runtimeConfig.portMappings[0].protocol"), "udp");
	CHECK_STR(json_str(one, "runtimeConfig.ipRanges[0][0].subnet"), "10.42.0.0/24");
	CHECK(cni_owns(cni, "u1") && cni_maps_ports(cfg.data_dir, "u1") && !cni_maps_ports(cfg.data_dir, "u2"));

	/* Again: CHECK, no second ADD. One that fails is undone and made anew. */
	CHECK(unlink(file("calls")) == 0);
	CHECK(attach("u1", ips, &e) == 0);
	AUTO_FREE char *checks = str_fmt("one CHECK %s \ntwo CHECK %s \n", file("netns"), file("netns"));
	CHECK_STR(get("calls"), checks);
	put("fail-CHECK", "", 0644);
	CHECK(unlink(file("calls")) == 0 && attach("u1", ips, &e) == 0);
	CHECK(strstr(get("calls"), "two DEL") && strstr(get("calls"), "one DEL") && strstr(get("calls"), "one ADD"));
	CHECK(unlink(file("fail-CHECK")) == 0);

	/* DEL: backward, by the configuration that ADD had, again until it works. */
	put("net.d/10-a.conflist", "{\"cniVersion\":\"0.4.0\",\"name\":\"x\",\"plugins\":[{\"type\":\"three\"}]}",
	    0644);
	put("fail-DEL", "", 0644);
	CHECK(unlink(file("calls")) == 0);
	CHECK(cni_detach(cni, "u1", &e) == -EIO && strstr(e.msg, "plug-in two (DEL) failed with code 11: later"));
	CHECK(cni_owns(cni, "u1"));
	CHECK(unlink(file("fail-DEL")) == 0 && unlink(file("calls")) == 0);
	CHECK(cni_detach(cni, "u1", &e) == 0 && !cni_owns(cni, "u1"));
	AUTO_FREE char *dels = str_fmt("two DEL %s \none DEL %s \n", file("netns"), file("netns"));
	CHECK_STR(get("calls"), dels);
	AUTO_JSON json_t *del = parse(get("in-one-DEL"));
	CHECK_STR(json_str(del, "prevResult.ips[0].address"), "10.42.0.5/24");
	CHECK(cni_detach(cni, "u1", &e) == 0 && cni_detach(cni, "../../x", &e) == 0);
	put("net.d/10-a.conflist", NET, 0644);
}

/* What a kill in the midst of ADD leaves: a record without a result; and a namespace that is not what it was. */
static void remains(void)
{
	char ips[2][48];
	struct err e;
	static const char *const none[] = {NULL}, *const live[] = {"u3", NULL};
	CHECK(attach("u3", ips, &e) == 0);
	CLEANUP(cni_record_done) struct cni_record r = {0};
	CHECK(cni_record_load(cfg.data_dir, "u3", &r, &e) == 0);
	json_decref(r.result);
	r.result = NULL;
	CHECK(cni_record_save(cfg.data_dir, &r, &e) == 0 && unlink(file("calls")) == 0);
	CHECK(attach("u3", ips, &e) == 0);
	CHECK(str_has_prefix(get("calls"), "two DEL") && strstr(get("calls"), "one ADD"));
	put("netns", "another", 0644); /* renamed to its place: another file */
	CHECK(unlink(file("calls")) == 0 && attach("u3", ips, &e) == 0);
	CHECK(str_has_prefix(get("calls"), "two DEL none \none DEL none \none ADD"));
	/* Garbage: not what lives, nor what this process has attached. */
	CHECK(cni_gc(cni, none, &e) == 0 && cni_owns(cni, "u3"));
	cni = cni_free(cni);
	CHECK(cni_new(&cni, &cfg, &e) == 0);
	CHECK(cni_gc(cni, live, &e) == 0 && cni_owns(cni, "u3"));
	put("data/cni/u4.json", "{ half", 0600);
	CHECK(cni_gc(cni, none, &e) < 0 && strstr(e.msg, "u4") && !cni_owns(cni, "u3"));
	CHECK(unlink(file("data/cni/u4.json")) == 0 && cni_gc(cni, none, &e) == 0);
	/* Half an attachment is taken back. */
	script("two", "\"0.4.0\"", "exit 9;");
	CHECK(unlink(file("calls")) == 0);
	CHECK(attach("u5", ips, &e) == -EIO && strstr(e.msg, "plug-in two (ADD) failed with exit code 9"));
	CHECK(strstr(get("calls"), "one DEL") && !cni_owns(cni, "u5"));
}

static void misbehaviour(void)
{
	char ips[2][48];
	struct err e;
	script("two", "\"0.4.0\"", "exec yes;");
	CHECK(attach("u6", ips, &e) == ERR_PROTO && strstr(e.msg, "printed more than 1 MiB and was killed"));
	script("two", "\"0.4.0\"", "sleep 1000 & echo $! >sleeper; wait;");
	int64_t t = clock_mono_ms(clock_real());
	CHECK(attach("u6", ips, &e) == ERR_TIMEOUT && strstr(e.msg, "did not end within 1 s and was killed"));
	CHECK(clock_mono_ms(clock_real()) - t >= 1000);
	/* With what it has started: init or whoever may not have reaped it yet. */
	AUTO_FREE char *path = str_fmt("/proc/%.*s/stat", (int)strcspn(get("sleeper"), "\n"), get("sleeper"));
	AUTO_BUF struct buf stat = {0};
	CHECK(fs_read(path, 4096, &stat, NULL) < 0 || strstr(stat.data, ") Z ") || strstr(stat.data, ") X "));
	script("two", "\"1.1.0\"", IPS);
	CHECK(attach("u6", ips, &e) == ERR_UNSUPPORTED && strstr(e.msg, "plug-in two does not speak CNI 0.4.0"));
	put("bin/two", "not a program", 0755);
	CHECK(attach("u6", ips, &e) < 0 && strstr(e.msg, "plug-in two (VERSION)"));
	CHECK(attach("-x", ips, &e) == ERR_INVALID && attach("a/b", ips, &e) == ERR_INVALID);
	/* Only one at a time, also across processes. */
	script("two", "\"0.4.0\"", IPS);
	CHECK(fs_mkdir_p(file("run/net/cni"), 0755, NULL) == 0);
	int fd = open(file("run/net/cni/u7.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CHECK(fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0);
	CHECK(attach("u7", ips, &e) == ERR_UNAVAILABLE && strstr(e.msg, "of an earlier start"));
	struct timespec old[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
	CHECK(futimens(fd, old) == 0 && attach("u7", ips, &e) == 0); /* a daemon that somebody left running */
	close(fd);
	CHECK(cni_detach(cni, "u7", &e) == 0);
}

static void files(void)
{
	struct cni_conf c = {0};
	struct err e = {0};
	CHECK(cni_conf_pick(file("nowhere"), &c, NULL, NULL, &e) == ERR_NOT_FOUND);
	put("net.d/00-bad.conf", "{}", 0644);
	put("net.d/05-empty.conflist", "{\"cniVersion\":\"1.0.0\",\"name\":\"e\",\"plugins\":[]}", 0644);
	put("net.d/06-x.conf.bak", "{}", 0644);
	put("net.d/07-json.json", "{\"cniVersion\":\"1.1.0\",\"name\":\"j\",\"type\":\"one\"}", 0644);
	CHECK(cni_conf_pick(file("net.d"), &c, NULL, NULL, &e) == 0);
	CHECK_STR(c.file, "07-json.json");
	cni_conf_done(&c);
	/* Plug-ins beside a list of 1.1.0. */
	put("net.d/01-s.conflist", "{\"cniVersion\":\"1.1.0\",\"name\":\"s\",\"plugins\":[{\"type\":\"one\"}]}", 0644);
	CHECK(fs_mkdir_p(file("net.d/s"), 0755, NULL) == 0);
	put("net.d/s/20-b.conf", "{\"type\":\"two\"}", 0644);
	put("net.d/s/10-a.conf", "{\"type\":\"three\"}", 0644);
	CHECK(cni_conf_pick(file("net.d"), &c, NULL, NULL, &e) == 0 && json_array_size(c.plugins) == 3);
	AUTO_JSON json_t *o = cni_conf_json(&c);
	CHECK_STR(json_str(o, "plugins[1].type"), "three");
	cni_conf_done(&c);
}

int main(void)
{
	struct err e = {0};
	RUN(configurations);
	RUN(deriving);
	RUN(results);
	RUN(errors);
	CHECK(mkdtemp(top) != NULL);
	cfg = (struct cni_config){.data_dir = str_dup(file("data")),
				  .run_dir = str_dup(file("run")),
				  .conf_dir = str_dup(file("net.d")),
				  .bin_dirs = str_dup(file("bin")),
				  .timeout_s = 1};
	CHECK(fs_mkdir_p(cfg.conf_dir, 0755, NULL) == 0 && fs_mkdir_p(cfg.bin_dirs, 0755, NULL) == 0);
	put("netns", "", 0644);
	CHECK(cni_new(&cni, &cfg, &e) == 0);
	RUN(chain);
	RUN(remains);
	RUN(misbehaviour);
	RUN(files);
	cni = cni_free(cni);
	CHECK(fs_rm_rf(top, NULL) == 0);
	free((char *)(uintptr_t)cfg.data_dir);
	free((char *)(uintptr_t)cfg.run_dir);
	free((char *)(uintptr_t)cfg.conf_dir);
	free((char *)(uintptr_t)cfg.bin_dirs);
	return TEST_END();
}
