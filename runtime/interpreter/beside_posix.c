/* SPDX-License-Identifier: MIT */
#include "beside.h"

#include <stdio.h>

void beside(char *path, size_t size, const char *name) {
    snprintf(path, size, "%s", name);
}
