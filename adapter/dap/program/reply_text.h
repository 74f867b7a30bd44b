/* SPDX-License-Identifier: MIT */
/*
 * reply_text: the body of an answer as text, in the line that it came in. What is only passed on to
 * the client need not become a tree and a text again, which takes most of the time of an answer.
 */
#ifndef LUAHEAT_DAP_REPLY_TEXT_H
#define LUAHEAT_DAP_REPLY_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Finds it, and its size, in a line that is the good answer to the request number `seq`, written as
   our runtime does it. It is an object, and JSON to the last byte. NULL: it is not found so, and
   the line is to be read as any message is. */
const char *reply_text_find(const char *line, size_t size, int64_t seq, size_t *body_size);

#endif
