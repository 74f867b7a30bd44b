/* SPDX-License-Identifier: MIT */
/*
 * probe: whether a liblua has the limits and types of the headers that we are compiled with. Of a
 * patched one they may be others, and then memory would be overwritten.
 */
#ifndef LUAHEAT_INTERPRETER_PROBE_H
#define LUAHEAT_INTERPRETER_PROBE_H

/* What is different in the loaded one; NULL: nothing. The text stays until the next call. */
const char *probe_problem(void);

#endif
