/* A worker tells that it has begun: minik waits for it after a start and a reload. */
#include <sys/mman.h>
#include "ingress/module/module.h"

char *mk_id_set(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
	struct mk_main_conf *m = conf;
	ngx_str_t *value = cf->args->elts;
	uint64_t id = 0;

	if (m->id)
		return "is duplicate";
	if (value[1].len != 16)
		return "is not 16 hexadecimal digits";
	for (size_t i = 0; i < value[1].len; i++) {
		ngx_int_t digit = ngx_hextoi(value[1].data + i, 1);

		if (digit == NGX_ERROR)
			return "is not 16 hexadecimal digits";
		id = id << 4 | (uint64_t)digit;
	}
	m->id = id;
	return NGX_CONF_OK;
}

ngx_int_t mk_begin(ngx_cycle_t *cycle)
{
	const size_t size = offsetof(struct live_page, stats);
	struct mk_main_conf *m;
	struct live_page *page = MAP_FAILED;
	u_char path[NGX_MAX_PATH];
	int fd;

	if (!ngx_get_conf(cycle->conf_ctx, ngx_http_module))
		return NGX_OK;
	mk_cleartext_begin(cycle);
	m = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_minik_module);
	if (!m || !m->id || !m->live.len)
		return NGX_OK;
	ngx_snprintf(path, sizeof(path), "%V/page%Z", &m->live);
	path[sizeof(path) - 1] = '\0';
	fd = open((const char *)path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd >= 0)
		page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED) {
		ngx_log_error(NGX_LOG_ERR, cycle->log, ngx_errno, "minik: cannot map %s", path);
	} else {
		if (page->magic == LIVE_MAGIC)
			__atomic_store_n(&page->reload_id, m->id, __ATOMIC_RELEASE);
		(void)munmap(page, size);
		/* What is written to a map wakes nobody; a file's time does (inotify's IN_ATTRIB). */
		if (futimens(fd, NULL) < 0)
			ngx_log_error(NGX_LOG_ERR, cycle->log, ngx_errno, "minik: cannot touch %s", path);
	}
	if (fd >= 0)
		(void)close(fd);
	return NGX_OK;
}
