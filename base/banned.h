/* Functions that may not be used: included everywhere by the build (-include). */
#pragma once
#define _GNU_SOURCE 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol fork vfork system popen
