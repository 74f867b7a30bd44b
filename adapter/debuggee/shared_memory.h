/* SPDX-License-Identifier: MIT */
/*
 * shared_memory: memory that a debuggee can be given: a file of memory (memory_file.h), mapped.
 */
#ifndef LUAHEAT_ADAPTER_SHARED_MEMORY_H
#define LUAHEAT_ADAPTER_SHARED_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct shared_memory {
    void *address; /* NULL: there is none */
    size_t size;
    int fd; /* to be inherited by the debuggee; close-on-exec on this side */
};

/* All zero. It uses no memory before somebody writes into it. 0, or a negative errno (nothing to
   finish then); -EFBIG: the user's limit for files (ulimit -f) is below its size. */
int shared_memory_init(struct shared_memory *memory, const char *name, size_t size, bool writable);

/* An init that failed or never ran (all zero) is fine. */
void shared_memory_finish(struct shared_memory *memory);

#endif
