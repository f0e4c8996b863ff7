/* `minik node-helper ...`: what must happen in a process of its own (another mount namespace, no threads) before an exec. */
#pragma once
int node_helper_main(int argc, char **argv);
