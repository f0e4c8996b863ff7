/* What counts, how it settles, and what is followed after folders have come and gone. */
#include "tests/unit/test.h"
#include <errno.h>
#include <sys/stat.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/fs_watch.h"
#include "base/str.h"

#define SETTLE_MS 40
#define QUIET_MS  200
#define GUARD_MS  20000

/* One thing is done after the other: the next when it has settled, or when nothing has come for a while. */
struct world {
	struct loop *l;
	struct fs_watch *w;
	struct loop_timer *quiet, *busy, *guard;
	char dir[32];
	int number, step, settled, events, self;
	bool calming; /* what was still under way may settle once more */
	int64_t first; /* ms, of the first event that counts since it last settled; 0: none */
};

static int64_t now(void)
{
	return clock_mono_ms(clock_real());
}

static void touch(const struct world *w, const char *name)
{
	AUTO_FREE char *path = fs_join(w->dir, name);

	CHECK_INT(fs_write(path, "x", 1, NULL), 0);
}

static bool event(void *arg, uint32_t mask, const char *name)
{
	struct world *w = arg;

	CHECK(!(mask & IN_IGNORED));
	if (streq(name, "skip"))
		return false;
	w->events++;
	w->self += !*name;
	if (!w->first)
		w->first = now();
	return true;
}

static void busy(void *arg)
{
	struct world *w = arg;

	touch(w, "busy");
	loop_timer_set(w->busy, SETTLE_MS / 8);
}

static void settled(void *arg)
{
	struct world *w = arg;
	AUTO_FREE char *sub = fs_join(w->dir, "sub");

	if (w->first)
		CHECK(now() - w->first >= SETTLE_MS - 1);
	w->first = 0;
	if (w->calming)
		return;
	w->settled++;
	switch (++w->step) {
	case 1:
		CHECK(w->events >= 2); /* created, closed */
		CHECK_INT(fs_watch_add(w->w, w->dir, IN_ATTRIB), w->number);
		touch(w, "skip");
		loop_timer_set(w->quiet, QUIET_MS);
		break;
	case 3: /* what is wanted was added, not put in place of the rest */
		CHECK(w->events >= 2);
		busy(w);
		break;
	case 4: /* it does not rest, and is told all the same */
		loop_timer_stop(w->busy);
		w->calming = true;
		loop_timer_set(w->quiet, QUIET_MS);
		break;
	case 6:
		CHECK_INT(w->self, 1); /* the folder's own end, once */
		CHECK_INT(fs_watch_add(w->w, sub, FS_WATCH_FOLDER), -ENOENT);
		fs_watch_soon(w->w);
		fs_watch_soon(w->w);
		break;
	case 7:
		loop_timer_set(w->quiet, QUIET_MS);
		break;
	default:
		CHECK(false);
	}
}

static void quiet(void *arg)
{
	struct world *w = arg;
	AUTO_FREE char *sub = fs_join(w->dir, "sub");

	if (w->calming) {
		w->calming = false;
		fs_watch_drop(w->w, w->number);
		touch(w, "unseen");
		w->events = 0;
		loop_timer_set(w->quiet, QUIET_MS);
		return;
	}
	switch (++w->step) {
	case 2:
		CHECK_INT(w->settled, 1);
		w->events = 0;
		touch(w, "b");
		break;
	case 5:
		CHECK_INT(w->settled, 3);
		CHECK_INT(w->events, 0);
		CHECK_INT(mkdir(sub, 0700), 0);
		CHECK(fs_watch_add(w->w, sub, FS_WATCH_FOLDER) >= 0);
		CHECK_INT(rmdir(sub), 0);
		break;
	case 8:
		CHECK_INT(w->settled, 5);
		loop_quit(w->l);
		break;
	default:
		CHECK(false);
	}
}

static void guard(void *arg)
{
	struct world *w = arg;

	CHECK(!"it is told");
	loop_quit(w->l);
}

static void test_steps(void)
{
	static const struct fs_watch_ops ops = {event, settled};
	struct world w = {.dir = "/tmp/minik-fs-watch-XXXXXX"};

	CHECK(mkdtemp(w.dir));
	CHECK_INT(loop_new(&w.l, NULL), 0);
	CHECK_INT(fs_watch_new(&w.w, w.l, SETTLE_MS, &ops, &w, NULL), 0);
	CHECK_INT(loop_timer_new(&w.quiet, w.l, quiet, &w), 0);
	CHECK_INT(loop_timer_new(&w.busy, w.l, busy, &w), 0);
	CHECK_INT(loop_timer_new(&w.guard, w.l, guard, &w), 0);
	loop_timer_set(w.guard, GUARD_MS);
	w.number = fs_watch_add(w.w, w.dir, FS_WATCH_FOLDER);
	CHECK(w.number >= 0);
	touch(&w, "a");
	loop_run(w.l);
	CHECK_INT(w.step, 8);
	loop_timer_free(w.quiet);
	loop_timer_free(w.busy);
	loop_timer_free(w.guard);
	CHECK(!fs_watch_free(w.w) && !fs_watch_free(NULL));
	loop_free(w.l);
	CHECK_INT(fs_rm_rf(w.dir, NULL), 0);
}

int main(void)
{
	RUN(test_steps);
	return TEST_END();
}
