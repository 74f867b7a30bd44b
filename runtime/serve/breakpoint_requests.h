/* SPDX-License-Identifier: MIT */
/*
 * breakpoint_requests: breakpoints on lines and on functions are set, and lines that can have one
 * are listed.
 */
#ifndef LUAHEAT_SERVE_BREAKPOINT_REQUESTS_H
#define LUAHEAT_SERVE_BREAKPOINT_REQUESTS_H

struct breakpoint_file;

/* Tells of those of the file that are marked as changed: the debugger's on_breakpoints; data: the
   server. */
void breakpoint_requests_tell_changed(void *data, struct breakpoint_file *file);

#endif
