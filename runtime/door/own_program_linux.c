/* SPDX-License-Identifier: MIT */
#include "own_program.h"

#include <unistd.h>

void own_program(char *path, size_t size) {
    ssize_t length = readlink("/proc/self/exe", path, size - 1);
    path[length > 0 ? length : 0] = '\0';
}
