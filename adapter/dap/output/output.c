/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <stdlib.h>
#include <unistd.h>

/* A stopped program fills its pipe no further, but a process it has started may. */
#define DRAIN_BYTES (1u << 20)

/* While it prints without a pause, what is there is not read at once: a reader that waits for each
   line must be woken for each, which costs the program more than the line. The rest is short beside
   what a pipe holds; until it prints so much, the order of its two streams is kept. */
enum { REST_MS = 1, MOST_READS = 4 }; /* of less than a chunk, in a millisecond */

int output_init(struct output *output, struct loop_handles *handles, const char *category,
                output_function *show, void *data) {
    output->handles = handles;
    output->category = category;
    output->paused = false;
    output->reads = 0;
    output->show = show;
    output->data = data;
    int status = uv_pipe_init(handles->loop, &output->pipe, 0);
    output->pipe.data = output;
    if (status == 0)
        status = uv_timer_init(handles->loop, &output->silence);
    output->silence.data = output;
    if (status == 0)
        status = uv_timer_init(handles->loop, &output->rest);
    output->rest.data = output;
    return status;
}

static void show(struct output *output, char *text) {
    if (text != NULL)
        output->show(output->data, output->category, text);
    free(text);
}

static void on_silence(uv_timer_t *timer) {
    struct output *output = timer->data;
    show(output, output_lines_flush(&output->lines, false));
}

/* Who is not listened to is not silent. */
static void await_silence(struct output *output) {
    if (output->lines.bytes.count > 0 && !output->paused)
        uv_timer_start(&output->silence, on_silence, OUTPUT_SILENCE_MS, 0);
    else
        uv_timer_stop(&output->silence);
}

static void receive(struct output *output, size_t count) {
    show(output, output_lines_feed(&output->lines, output->chunk, count));
    await_silence(output);
}

static void give_chunk(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct output *output = handle->data;
    *buffer = uv_buf_init(output->chunk, sizeof output->chunk);
}

static void close_handles(struct output *output) {
    output->open = false;
    loop_handles_close(output->handles, &output->pipe);
    loop_handles_close(output->handles, &output->silence);
    loop_handles_close(output->handles, &output->rest);
}

/* Nobody can write any more. */
static void end(struct output *output) {
    if (!output->open)
        return;
    close_handles(output);
    show(output, output_lines_flush(&output->lines, true));
}

static void on_read(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer);

static void read_on(struct output *output) {
    if (output->open && !output->paused && !uv_is_active((uv_handle_t *)&output->rest))
        uv_read_start((uv_stream_t *)&output->pipe, give_chunk, on_read);
}

static void on_rested(uv_timer_t *timer) {
    read_on(timer->data);
}

static bool is_too_often(struct output *output) {
    uint64_t now = uv_now(output->handles->loop);
    output->reads = output->reads_at == now ? output->reads + 1 : 1;
    output->reads_at = now;
    return output->reads >= MOST_READS;
}

static void on_read(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer) {
    struct output *output = handle->data;
    if (count < 0) {
        end(output);
        return;
    }
    receive(output, (size_t)count);
    if (output->open && (size_t)count < sizeof output->chunk && is_too_often(output)) {
        uv_read_stop(handle);
        uv_timer_start(&output->rest, on_rested, REST_MS, 0);
    }
}

void output_start(struct output *output) {
    output->open = true;
    read_on(output);
}

void output_pause(struct output *output) {
    if (output->open && !output->paused)
        uv_read_stop((uv_stream_t *)&output->pipe);
    output->paused = true;
    if (output->open)
        await_silence(output);
}

void output_resume(struct output *output) {
    output->paused = false;
    read_on(output);
    if (output->open)
        await_silence(output);
}

static void read_available(struct output *output) {
    uv_os_fd_t fd;
    if (uv_fileno((uv_handle_t *)&output->pipe, &fd) != 0)
        return;
    for (size_t total = 0; total < DRAIN_BYTES;) {
        ssize_t count = read(fd, output->chunk, sizeof output->chunk);
        if (count <= 0)
            return; /* empty for now, or the end, which the loop will find too */
        receive(output, (size_t)count);
        total += (size_t)count;
    }
}

void output_drain(struct output *output, bool final) {
    if (!output->open)
        return;
    read_available(output);
    uv_timer_stop(&output->silence);
    show(output, output_lines_flush(&output->lines, final));
    if (final)
        end(output);
}

void output_finish(struct output *output) {
    close_handles(output);
    output_lines_finish(&output->lines);
}
