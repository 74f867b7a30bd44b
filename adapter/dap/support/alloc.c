/* SPDX-License-Identifier: MIT */
#include "alloc.h"

#include <cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *alloc_checked(void *block) {
    if (block == NULL) {
        fputs("luaheat: out of memory\n", stderr);
        exit(1);
    }
    return block;
}

void *alloc_zeroed(size_t count, size_t size) {
    return alloc_checked(calloc(count > 0 ? count : 1, size));
}

void *alloc_resized(void *block, size_t size) {
    return alloc_checked(realloc(block, size > 0 ? size : 1));
}

static void *alloc_bytes(size_t size) {
    return alloc_checked(malloc(size > 0 ? size : 1));
}

void alloc_for_json(void) {
    cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = alloc_bytes, .free_fn = free});
}

char *alloc_text(const char *text) {
    return alloc_checked(strdup(text));
}

char *alloc_printed(const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    return alloc_checked(length < 0 ? NULL : text);
}
