/* SPDX-License-Identifier: MIT */
#include "memory_reference.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

void memory_reference_add(cJSON *object, int reference) {
    char text[16];
    snprintf(text, sizeof text, "0x%x", (unsigned)reference);
    cJSON_AddStringToObject(object, "memoryReference", text);
}

int memory_reference_read(const char *text) {
    char *end;
    long number = strtol(text, &end, 16);
    return end != text && *end == '\0' && number > 0 && number <= INT_MAX ? (int)number : 0;
}
