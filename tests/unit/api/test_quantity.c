#include <errno.h>
#include "api/quantity.h"
#include "tests/unit/test.h"

static const char *canon(const char *s)
{
	static char out[64];
	struct quantity q;

	if (quantity_parse(s, &q) < 0)
		return "error";
	quantity_format(&q, out, sizeof(out));
	return out;
}

static int64_t value(const char *s)
{
	struct quantity q;
	return quantity_parse(s, &q) < 0 ? -99 : quantity_value(&q);
}

static int64_t milli(const char *s)
{
	struct quantity q;
	return quantity_parse(s, &q) < 0 ? -99 : quantity_milli(&q);
}

static void canonical(void)
{
	static const char *const cases[][2] = {
		{"0", "0"},	      {"1000m", "1"},	    {"250m", "250m"},	  {"0.25", "250m"},	{"1.5Gi", "1536Mi"},
		{"1024Mi", "1Gi"},    {"1e3", "1e3"},	    {"1000", "1k"},	  {"1E3", "1e3"},	{"12345678", "12345678"},
		{"512", "512"},	      {"512Ki", "512Ki"},   {"0.5Ki", "512"},	  {"0.1Ki", "102400m"}, {"-1.5", "-1500m"},
		{"1n", "1n"},	      {"0.1n", "1n"},	    {"100u", "100u"},	  {"2E", "2E"},		{"1Ei", "1Ei"},
		{"1e-3", "1e-3"},     {"1e-1", "100e-3"},   {".5", "500m"},	  {"1.", "1"},		{"+5", "5"},
		{"1536Mi", "1536Mi"}, {"1.5e3", "1500"},    {"1e6", "1e6"},	  {"10e5", "1e6"},	{"0Ki", "0"},
		{"110", "110"},	      {"1Mi", "1Mi"},	    {"1M", "1M"},	  {"-1Ki", "-1Ki"},	{"-512", "-512"},
		{"100000000000000000000000000000000000000", "9223372036854775807"}, {"1e100", "9223372036854775807"},
		{"9Ei", "9223372036854775807"},
		{"0.00000000000000000000000000000000000000000000000001", "1n"}, {"1e-100000000000", "1e-9"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		CHECK_STR(canon(cases[i][0]), cases[i][1]);
	}
}

static void malformed(void)
{
	static const char *const bad[] = {"", "-", ".", "1.2.3", "Ki", "1ki", "1 ", " 1", "1K", "1e", "1e+", "1eK", "0x1", "1mm", "--1", "1e1.5", "nan"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_STR(canon(bad[i]), "error");
}

static void numbers(void)
{
	CHECK(value("250m") == 1);
	CHECK(value("0") == 0);
	CHECK(value("-250m") == -1);
	CHECK(value("1Gi") == 1073741824);
	CHECK(value("1.5Gi") == 1610612736);
	CHECK(value("1e100") == INT64_MAX);
	CHECK(milli("0.1") == 100);
	CHECK(milli("1u") == 1);
	CHECK(milli("2") == 2000);
	CHECK(milli("8Ei") == INT64_MAX);
	CHECK(value("-1e100") == -INT64_MAX);
}

int main(void)
{
	RUN(canonical);
	RUN(malformed);
	RUN(numbers);
	return TEST_END();
}
