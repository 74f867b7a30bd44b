/* SPDX-License-Identifier: MIT */
#include "occupied.h"

enum occupied occupied_at(const char *path) {
    return OCCUPIED_UNKNOWN;
}
