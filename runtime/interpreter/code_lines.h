/* SPDX-License-Identifier: MIT */
/*
 * code_lines: answers the adapter which lines of a file hold code (LINK_CODE_LINES of link.h).
 */
#ifndef LUAHEAT_INTERPRETER_CODE_LINES_H
#define LUAHEAT_INTERPRETER_CODE_LINES_H

/* The exit code. */
int code_lines_print(const char *path);

#endif
