/* SPDX-License-Identifier: MIT */
/*
 * debug_console: what the client's user reads: what programs print, and what we say. What is
 * printed within a few milliseconds is put together, so that a million lines are not a million
 * messages. Keeps the order; a change of category starts anew. Holds back no more than
 * DEBUG_CONSOLE_BYTES, and nothing of ours.
 *
 * Who tells the client of anything that the output must not come after (a stop, the end) flushes
 * first.
 */
#ifndef LUAHEAT_DAP_DEBUG_CONSOLE_H
#define LUAHEAT_DAP_DEBUG_CONSOLE_H

#include "array.h"
#include "client.h"

#include <stddef.h>
#include <uv.h>

#define DEBUG_CONSOLE_MS 8
#define DEBUG_CONSOLE_BYTES 16384

struct debug_console {
    uv_timer_t timer;
    struct client *client;
    const char *category; /* of what is held */
    ARRAY(char) text;     /* held; behind it a NUL */
};

/* 0 or UV_E... */
int debug_console_init(struct debug_console *console, uv_loop_t *loop, struct client *client);

/* category: DAP's, a constant: "stdout" and "stderr" are what is printed, "console" and "important"
   ours (the latter for what the user should not overlook). */
void debug_console_show(struct debug_console *console, const char *category, const char *text);

void debug_console_flush(struct debug_console *console);

/* Nothing is shown any more. */
void debug_console_close(struct debug_console *console);

/* After the loop. All zero is fine. */
void debug_console_finish(struct debug_console *console);

#endif
