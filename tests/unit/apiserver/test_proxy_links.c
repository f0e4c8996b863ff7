/* Links of proxied pages: which are rewritten, and that everything else goes through as it came, however it is cut. */
#include "apiserver/proxy_links.h"
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "tests/unit/test.h"

static const struct proxy_links at = {
    .prefix = "/api/v1/namespaces/n/pods/p:80/proxy", .backend = "10.42.0.5:80", .frontend = "localhost:8001"};
#define P "/api/v1/namespaces/n/pods/p:80/proxy"

static void url(const char *from, const char *want)
{
	AUTO_FREE char *got = proxy_link(&at, from);

	CHECK_STR(got ? got : from, want);
}

static void test_urls(void)
{
	url("/x", P "/x");
	url("/", P "/");
	url("/a/b/?q=/c#/d", P "/a/b/?q=/c#/d");
	url("/a//b/./c/../d", P "/a/b/d");
	url("/../../x", P "/x");
	url("/%2e%2e/x", P "/%2e%2e/x");
	url("http://10.42.0.5:80/x", P "/x");
	url("http://user@10.42.0.5:80/x", P "/x");
	url("//10.42.0.5:80/x", P "/x");
	url("http://localhost:8001/x?y", "http://localhost:8001" P "/x?y");
	url("http:///x", P "/x");
	url("///x", P "/x"); /* no host: url.Parse */
	/* Not ours, or nothing absolute. */
	url("http://10.42.0.5/x", "http://10.42.0.5/x");
	url("https://example.com/x", "https://example.com/x");
	url("//example.com/x", "//example.com/x");
	url("http://10.42.0.5:80@example.com/", "http://10.42.0.5:80@example.com/");
	url("http://10.42.0.5:80", "http://10.42.0.5:80");
	url("x/y", "x/y");
	url("../x", "../x");
	url("?a=/b", "?a=/b");
	url("#/top", "#/top");
	url("mailto:a@b.c", "mailto:a@b.c");
	url("javascript:f(/x/)", "javascript:f(/x/)");
	url("data:text/html,/x", "data:text/html,/x");
	url("", "");
	/* Has been through here, or is no URL. */
	url(P "/x", P "/x");
	url("http://10.42.0.5:80" P "/x", P "/x");
	url("/a%zz", "/a%zz");
	url("/a\nb", "/a\nb");
}

static char *page(const char *html, size_t len, size_t step)
{
	AUTO_BUF struct buf out = {0};
	struct html_links *h = NULL;

	CHECK(html_links_new(&h, &at) == 0);
	for (size_t i = 0; i < len; i += step)
		html_links_feed(h, html + i, len - i < step ? len - i : step, &out);
	html_links_end(h, &out);
	html_links_free(h);
	CHECK(!buf_failed(&out));
	return buf_take(&out, NULL);
}

static void html(const char *from, const char *want)
{
	static const size_t steps[] = {1, 2, 3, 7, 100000};

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		AUTO_FREE char *got = page(from, strlen(from), steps[i]);

		CHECK_STR(got, want);
	}
}

static void test_attributes(void)
{
	html("<a href=\"/rewriteme\">test</a>", "<a href=\"" P "/rewriteme\">test</a>");
	html("<A\nHREF = '/x'>", "<A\nHREF = \"" P "/x\">");
	html("<a href=/x>", "<a href=\"" P "/x\">");
	html("<a href=/x/>", "<a href=\"" P "/x/\">"); /* unquoted: the slash is its own */
	html("<a class=b href=/x id=c>", "<a class=b href=\"" P "/x\" id=c>");
	html("<img src='/a.png' longdesc=\"/b\" alt='/c'/>",
	     "<img src=\"" P "/a.png\" longdesc=\"" P "/b\" alt='/c'/>");
	html("<form action=\"/f\"><input formaction='/g'><button formaction=/h>",
	     "<form action=\"" P "/f\"><input formaction=\"" P "/g\"><button formaction=\"" P "/h\">");
	html("<a href='x' href=\"http://example.com/\"><a href><a href=>",
	     "<a href='x' href=\"http://example.com/\"><a href><a href=>");
	html("<p href=\"/x\"><a src='/x'><b a=\"<a href='/x'>\">",
	     "<p href=\"/x\"><a src='/x'><b a=\"<a href='/x'>\">");
	html("</a href=\"/x\"><a href=\"/y\">", "</a href=\"/x\"><a href=\"" P "/y\">");
	html("<a data-href=\"/x\" hrefx='/x' xhref='/x'>", "<a data-href=\"/x\" hrefx='/x' xhref='/x'>");
	html("<script src=\"/x.js\"></script>", "<script src=\"" P "/x.js\"></script>");
	/* Character references */
	html("<a href=\"/x?a=1&amp;b=2\">", "<a href=\"" P "/x?a=1&amp;b=2\">");
	html("<a href=\"/x?a=1&b=2\">", "<a href=\"" P "/x?a=1&amp;b=2\">");
	html("<a href=\"&#47;x&#x22;\">", "<a href=\"" P "/x&#34;\">");
	html("<a href=\"/caf&eacute;?a&amp;b\">", "<a href=\"" P "/caf&eacute;?a&amp;b\">");
	html("<a href='/\"><b>'>", "<a href=\"" P "/&#34;&gt;&lt;b&gt;\">");
}

static void test_what_is_no_tag(void)
{
	static const char *const same[] = {
	    "no tags, 1 < 2 and 3 > 2 <",
	    "< a href=\"/x\">",
	    "<!-- <a href=\"/x\"> -->",
	    "<!--><b>",
	    "<!-- a -- <a href='/x'> --!>",
	    "<!DOCTYPE html>",
	    "<!doctype <a href=\"/x\">",
	    "<?xml href=\"/x\"?>",
	    "</><//a href='/x'>",
	    "<script>if (a < b) document.write('<a href=\"/x\">')</script>",
	    "<style>a[href=\"/x\"] <a href='/x'></style>",
	    "<title><a href='/x'></titlex></TITLE >",
	    "<textarea><a href='/x'></textarea/>",
	    "<plaintext></plaintext><a href='/x'>",
	    "<a href=\"/unfinished",
	    "<a href=",
	    "<a href",
	    "<a",
	    "<",
	    "<!-",
	    "",
	};
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		html(same[i], same[i]);
	html("<!--><a href='/x'>", "<!--><a href=\"" P "/x\">");
	html("<!-- --><a href='/x'>", "<!-- --><a href=\"" P "/x\">");
	html("<script></scr</script><a href=/x>", "<script></scr</script><a href=\"" P "/x\">");
	html("<title></title <a href=/x><a href=/x>", "<title></title <a href=/x><a href=\"" P "/x\">");
	html("<<a href=/x>", "<<a href=\"" P "/x\">");
}

/* What is held back is bounded, and bytes that are no text go through. */
static void test_bounds(void)
{
	size_t n = 3 * HTML_LINK_MAX;
	AUTO_BUF struct buf in = {0};
	AUTO_BUF struct buf out = {0};
	struct html_links *h = NULL;
	static const char zero[] = "<a href=\"/a\0b\">\0\xff\xfe<a href='/x'>",
			  want[] = "<a href=\"/a\0b\">\0\xff\xfe<a href=\"" P "/x\">";

	CHECK(html_links_new(&h, &at) == 0);
	buf_adds(&in, "<img src=\"/");
	for (size_t i = 0; i < n; i++)
		buf_addc(&in, 'x');
	for (size_t i = 0; i < in.len; i++) {
		html_links_feed(h, in.data + i, 1, &out);
		if (i + 1 - out.len > HTML_LINK_MAX + 1)
			break;
	}
	CHECK(out.len == in.len); /* too long: let go, and the rest is not held back at all */
	html_links_feed(h, "\"><a href=/y>", 13, &out);
	CHECK(out.len > in.len && strstr(out.data, "\"><a href=\"" P "/y\">"));
	html_links_free(h);
	buf_trim(&out, 0);
	CHECK(html_links_new(&h, &at) == 0);
	html_links_feed(h, zero, sizeof(zero) - 1, &out);
	html_links_end(h, &out);
	html_links_free(h);
	CHECK(out.len == sizeof(want) - 1 && !memcmp(out.data, want, out.len));
}

int main(void)
{
	RUN(test_urls);
	RUN(test_attributes);
	RUN(test_what_is_no_tag);
	RUN(test_bounds);
	return TEST_END();
}
