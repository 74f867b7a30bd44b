/* SPDX-License-Identifier: MIT */
/*
 * source_text: the lines of source files, as Lua counts them. Each file is read once, when first
 * asked for. Only regular files are read; what cannot be read has no lines.
 */
#ifndef LUAHEAT_ADAPTER_SOURCE_TEXT_H
#define LUAHEAT_ADAPTER_SOURCE_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct source_file;

/* Start with {0}. */
struct source_text {
    struct source_file *files;
};

/* The line (1-based) without its line end and without blanks around it; *size bytes, not
   terminated. NULL if there is none. Lives as long as the source_text. */
const char *source_text_line(struct source_text *sources, const char *path, uint32_t line,
                             size_t *size);

/* The same with the blanks in front of it. */
const char *source_text_indented(struct source_text *sources, const char *path, uint32_t line,
                                 size_t *size);

/* How many lines it has; 0 if it cannot be read. */
uint32_t source_text_lines(struct source_text *sources, const char *path);

void source_text_finish(struct source_text *sources);

#endif
