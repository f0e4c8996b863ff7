/* `minik storage-helper KIND`: what may hang or needs namespaces of its own, in a process that can be killed. */
#pragma once

int storage_helper_main(int argc, char **argv);
