/* SPDX-License-Identifier: MIT */
/*
 * interruption: a signal that ends the command while a file is written takes the file along. Only
 * where nobody else handles that signal, or ignores it.
 */
#ifndef LUAHEAT_CLI_INTERRUPTION_H
#define LUAHEAT_CLI_INTERRUPTION_H

/* From now on the file is not worth keeping. One at a time; the path stays the caller's. */
void interruption_removes(const char *path);

/* From now on it is, or there is none. */
void interruption_removes_nothing(void);

#endif
