/* SPDX-License-Identifier: MIT */
/*
 * stream: the bytes of the protocol, on a pair of descriptors that may be pipes, sockets, a
 * terminal or files (`luaheat dap < requests`). Knows nothing of messages.
 */
#ifndef LUAHEAT_DAP_STREAM_H
#define LUAHEAT_DAP_STREAM_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

/* Who asks and asks and reads no answer is not heard while more than this waits for him. */
#define STREAM_QUEUE_BYTES (128u << 20)

struct stream_events {
    void (*received)(void *data, const char *bytes, size_t size);
    void (*ended)(void *data); /* the input is over, or either direction has failed; called once */
    void (*drained)(void *data); /* all that was sent has left */
};

struct stream {
    uv_loop_t *loop;
    const struct stream_events *events;
    void *data;
    int in_fd, out_fd;
    bool in_is_file, out_is_file; /* the loop cannot wait for files */
    bool ended;
    bool pauses; /* reads no more while so much waits to be read by the other side */
    uv_pipe_t in, out;
    uv_fs_t file_read;
    bool held;         /* what is sent waits in: */
    ARRAY(char) queue; /* array.h */
    char chunk[65536];
};

/* Takes the descriptors and starts reading. 0 or UV_E...; stream_close() and stream_finish() either
   way. The struct must stay until the loop has run out. */
int stream_init(struct stream *stream, uv_loop_t *loop, int in_fd, int out_fd,
                const struct stream_events *events, void *data);

/* Closes the handles; what is still on its way is dropped. Again is fine, and all zero. */
void stream_close(struct stream *stream);

/* After the loop. */
void stream_finish(struct stream *stream);

/* Takes the bytes (malloc'd). They leave in order, as fast as the other side reads. */
void stream_send(struct stream *stream, char *bytes, size_t size);

/* What is sent between the two leaves at once in the end: on TCP a response and its event would
   otherwise be two packets. */
void stream_hold(struct stream *stream);
void stream_release(struct stream *stream);

/* How many bytes wait for the other side to read. */
size_t stream_queued(const struct stream *stream);

/* Receives no more; `ended` is not called any more. */
void stream_stop_reading(struct stream *stream);

#endif
