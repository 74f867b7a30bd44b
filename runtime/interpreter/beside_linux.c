/* SPDX-License-Identifier: MIT */
#include "beside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool beside(char *path, size_t size, const char *name) {
    ssize_t length = readlink("/proc/self/exe", path, size);
    while (length > 0 && path[length - 1] != '/')
        length--;
    size_t folder = length > 0 ? (size_t)length : 0;
    if (folder + strlen(name) >= size)
        folder = 0;
    snprintf(path + folder, size - folder, "%s", name);
    return folder > 0;
}
