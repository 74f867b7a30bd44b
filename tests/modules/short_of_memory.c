/* SPDX-License-Identifier: MIT */
/* short_of_memory: loaded before a program (LD_PRELOAD), lets an allocation of it fail: number
   FAIL_AT, and all later ones if FAIL_ON is set. Only in the program FAIL_IN, named without path.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static long left = -1; /* allocations that succeed; -1: all do */
static int goes_on;

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("FAIL_AT"), *in = getenv("FAIL_IN");
    if (at == NULL || in == NULL || strcmp(in, program_invocation_short_name) != 0)
        return;
    left = strtol(at, NULL, 10);
    goes_on = getenv("FAIL_ON") != NULL;
}

static int fails(void) {
    if (left < 0 || left-- > 0)
        return 0;
    if (goes_on)
        left = 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
    return fails() ? NULL : __libc_realloc(block, size);
}
