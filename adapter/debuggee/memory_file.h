/* SPDX-License-Identifier: MIT */
/*
 * memory_file: a file that is memory and nothing else, for shared_memory.h. The one place of the
 * adapter that knows how this OS makes one.
 */
#ifndef LUAHEAT_ADAPTER_MEMORY_FILE_H
#define LUAHEAT_ADAPTER_MEMORY_FILE_H

#include <stddef.h>

enum { MEMORY_FILE_NAME = 16 };

/* A descriptor, the caller's to close, of `size` bytes that are zero and cost nothing before they
   are written to; close-on-exec. Or a negative errno. name: for whoever looks at what a process has
   mapped, of at most MEMORY_FILE_NAME bytes; nobody can open it by its name.
   Where the OS can keep a file from shrinking, nobody can make this one smaller. Elsewhere whoever
   is given the descriptor could, and end whoever reads the memory. */
int memory_file_create(const char *name, size_t size);

#endif
