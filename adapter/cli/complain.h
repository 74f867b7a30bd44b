/* SPDX-License-Identifier: MIT */
/*
 * complain: what is wrong, told to the user. Either at once, or as a complaint, which the caller
 * hands to its own caller: a text without prefix and line end.
 */
#ifndef LUAHEAT_CLI_COMPLAIN_H
#define LUAHEAT_CLI_COMPLAIN_H

enum { COMPLAINT_BYTES = 512 };

/* Writes "luaheat: ..." and a line end to standard error. What is in it, such as the name of a
   file, is made safe for a terminal (screen.h). */
__attribute__((format(printf, 1, 2))) void say(const char *format, ...);

/* Fills the complaint (cut to COMPLAINT_BYTES); -EINVAL. */
__attribute__((format(printf, 2, 3))) int complain(char *complaint, const char *format, ...);

#endif
