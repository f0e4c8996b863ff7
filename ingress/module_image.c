#include "ingress/module_image.h"
#include "ingress/module_image_data.h"

const char module_nginx_version[] = MODULE_NGINX_VERSION;

#ifdef MODULE_FILE
extern const unsigned char module_image_end[];
__asm__(".pushsection .rodata\n"
	".balign 16\n"
	".globl module_image\n"
	"module_image:\n"
	".incbin \"" MODULE_FILE "\"\n"
	".globl module_image_end\n"
	"module_image_end:\n"
	".byte 0\n"
	".balign 8\n"
	".globl module_image_size\n"
	"module_image_size:\n"
#if __SIZEOF_SIZE_T__ == 8
	".quad module_image_end - module_image\n"
#else
	".long module_image_end - module_image\n"
#endif
	".popsection\n");
#else
const unsigned char module_image[1];
const size_t module_image_size;
#endif
