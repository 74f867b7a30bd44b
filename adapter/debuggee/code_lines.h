/* SPDX-License-Identifier: MIT */
/*
 * code_lines: which lines of a file hold code, as luaheat-lua knows it without running the file.
 */
#ifndef LUAHEAT_ADAPTER_CODE_LINES_H
#define LUAHEAT_ADAPTER_CODE_LINES_H

#include "interpreter.h"

#include <stddef.h>
#include <stdint.h>

struct code_lines {
    uint32_t *lines; /* ascending */
    size_t count;
    char *problem; /* why there are none; NULL: there is no problem */
};

/* Waits for the answer. A file that has none (it cannot be read, a syntax error) is no failure but
   has a problem, in Lua's words; "" if it was told on standard error. 0 or a negative errno (the
   interpreter could not be started, memory is out); end with code_lines_finish() either way. */
int code_lines_read(struct code_lines *code, const struct interpreter *interpreter,
                    const char *path);
void code_lines_finish(struct code_lines *code);

/* The first line at or after `line` that holds code; 0 if there is none. */
uint32_t code_lines_at(const struct code_lines *code, uint32_t line);

#endif
