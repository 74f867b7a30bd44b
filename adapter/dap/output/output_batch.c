/* SPDX-License-Identifier: MIT */
#include "output_batch.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

int output_batch_init(struct output_batch *batch, uv_loop_t *loop, output_function *show,
                      void *data) {
    batch->show = show;
    batch->data = data;
    batch->timer.data = batch;
    return uv_timer_init(loop, &batch->timer);
}

static void on_timer(uv_timer_t *timer) {
    output_batch_flush(timer->data);
}

static void append(struct output_batch *batch, const char *text, size_t size) {
    if (batch->size + size >= batch->capacity) {
        batch->capacity = (batch->size + size) * 2 + 1;
        batch->text = alloc_resized(batch->text, batch->capacity);
    }
    memcpy(batch->text + batch->size, text, size + 1);
    batch->size += size;
}

void output_batch_add(struct output_batch *batch, const char *category, const char *text) {
    size_t size = strlen(text);
    if (batch->size > 0 &&
        (batch->size + size > OUTPUT_BATCH_BYTES || strcmp(batch->category, category) != 0))
        output_batch_flush(batch);
    if (batch->size == 0)
        uv_timer_start(&batch->timer, on_timer, OUTPUT_BATCH_MS, 0);
    batch->category = category;
    append(batch, text, size);
}

void output_batch_flush(struct output_batch *batch) {
    if (batch->size == 0)
        return;
    uv_timer_stop(&batch->timer);
    batch->size = 0;
    batch->show(batch->data, batch->category, batch->text);
}

void output_batch_finish(struct output_batch *batch) {
    free(batch->text);
}
