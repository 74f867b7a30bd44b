/* SPDX-License-Identifier: MIT */
/*
 * output_batch: puts together what the program prints within a few milliseconds, so that a million
 * lines are not a million messages. Keeps the order; a change of category starts anew. Holds back
 * no more than OUTPUT_BATCH_BYTES.
 *
 * Who tells the client of anything that the output must not come after (a stop, the end) flushes
 * first.
 */
#ifndef LUAHEAT_DAP_OUTPUT_BATCH_H
#define LUAHEAT_DAP_OUTPUT_BATCH_H

#include "output.h"

#include <stddef.h>
#include <uv.h>

#define OUTPUT_BATCH_MS 8
#define OUTPUT_BATCH_BYTES 65536

struct output_batch {
    uv_timer_t timer;
    output_function *show;
    void *data;
    const char *category; /* of what is held */
    char *text;           /* held, and NUL-terminated */
    size_t size, capacity;
};

/* 0 or UV_E... The timer is closed like any handle of the loop. */
int output_batch_init(struct output_batch *batch, uv_loop_t *loop, output_function *show,
                      void *data);

/* category must be constant. */
void output_batch_add(struct output_batch *batch, const char *category, const char *text);

void output_batch_flush(struct output_batch *batch);

/* Frees memory. All zero is fine. */
void output_batch_finish(struct output_batch *batch);

#endif
