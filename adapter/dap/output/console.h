/* SPDX-License-Identifier: MIT */
/*
 * console: what the client's user reads: what programs print, and what we say. What is printed
 * within a few milliseconds is put together, so that a million lines are not a million messages.
 * Keeps the order; a change of category starts anew. Holds back no more than CONSOLE_BYTES, and
 * nothing of ours.
 *
 * Who tells the client of anything that the output must not come after (a stop, the end) flushes
 * first.
 */
#ifndef LUAHEAT_DAP_CONSOLE_H
#define LUAHEAT_DAP_CONSOLE_H

#include "client.h"

#include <stddef.h>
#include <uv.h>

#define CONSOLE_MS 8
#define CONSOLE_BYTES 65536

struct console {
    uv_timer_t timer;
    struct client *client;
    const char *category; /* of what is held */
    char *text;           /* held, and NUL-terminated */
    size_t size, capacity;
};

/* 0 or UV_E... */
int console_init(struct console *console, uv_loop_t *loop, struct client *client);

/* category: DAP's, a constant: "stdout" and "stderr" are what is printed, "console" and "important"
   ours (the latter for what the user should not overlook). */
void console_show(struct console *console, const char *category, const char *text);

void console_flush(struct console *console);

/* Nothing is shown any more. */
void console_close(struct console *console);

/* After the loop. All zero is fine. */
void console_finish(struct console *console);

#endif
