/* Functions that may not be used: included everywhere by the build (-include). */
#pragma once
#define _GNU_SOURCE 1
/* Headers that declare a poisoned name must come before the poison. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol fork vfork system popen
