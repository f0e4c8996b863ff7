/*
 * minik's module of nginx as a file's bytes, and the version of nginx that it was built for: nginx refuses it in any other.
 */
#pragma once
#include <stddef.h>

extern const unsigned char module_image[];
extern const size_t module_image_size;   /* 0: this build is without nginx's source */
extern const char module_nginx_version[]; /* "" then */
