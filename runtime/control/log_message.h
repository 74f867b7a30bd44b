/* SPDX-License-Identifier: MIT */
/*
 * log_message: DAP's logMessage: text with Lua expressions in braces, `x is {x}`. Braces nest in an
 * expression, and those in its strings and comments do not count: `{{1, 2}}` is a table,
 * `{t["}"]}` a field. `\{`, `\}` and `\\` outside of expressions stand for the character; `{}` is
 * text.
 */
#ifndef LUAHEAT_CONTROL_LOG_MESSAGE_H
#define LUAHEAT_CONTROL_LOG_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct log_piece {
    char *text;
    bool is_code;
    int kept; /* whoever evaluates code remembers what it made of it; 0: nothing yet */
};

/* All zero: no message. */
struct log_message {
    struct log_piece *items;
    size_t count, room;
};

/* NULL, or what is wrong with the text: a constant. Either way end with log_message_finish(). */
const char *log_message_parse(struct log_message *message, const char *text);
void log_message_finish(struct log_message *message);

#endif
