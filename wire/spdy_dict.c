#include "wire/spdy_dict.h"

/* Words that stand in the dictionary behind their length in four bytes, then text that stands there as it is. */
static const char words[] =
    "options\0head\0post\0put\0delete\0trace\0accept\0accept-charset\0accept-encoding\0accept-language\0"
    "accept-ranges\0age\0allow\0authorization\0cache-control\0connection\0content-base\0content-encoding\0"
    "content-language\0content-length\0content-location\0content-md5\0content-range\0content-type\0date\0etag\0"
    "expect\0expires\0from\0host\0if-match\0if-modified-since\0if-none-match\0if-range\0if-unmodified-since\0"
    "last-modified\0location\0max-forwards\0pragma\0proxy-authenticate\0proxy-authorization\0range\0referer\0"
    "retry-after\0server\0te\0trailer\0transfer-encoding\0upgrade\0user-agent\0vary\0via\0warning\0"
    "www-authenticate\0method\0get\0status\000200 OK\0version\0HTTP/1.1\0url\0public\0set-cookie\0keep-alive\0"
    "origin\0";
static const char text[] =
    "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
    "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized"
    "403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable"
    "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
    "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,"
    "text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

size_t spdy_dictionary(uint8_t out[SPDY_DICT_MAX])
{
	size_t at = 0;

	for (const char *w = words; *w; w += strlen(w) + 1) {
		size_t n = strlen(w);

		out[at++] = 0;
		out[at++] = 0;
		out[at++] = 0;
		out[at++] = (uint8_t)n;
		memcpy(out + at, w, n);
		at += n;
	}
	memcpy(out + at, text, sizeof(text) - 1);
	return at + sizeof(text) - 1;
}
