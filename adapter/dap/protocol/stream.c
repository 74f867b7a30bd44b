/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct sending {
    uv_write_t write;
    struct stream *stream;
    char *bytes;
};

static void end(struct stream *stream) {
    if (stream->ended)
        return;
    stream->ended = true;
    stream->events->ended(stream->data);
}

static void give_chunk(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct stream *stream = handle->data;
    *buffer = uv_buf_init(stream->chunk, sizeof stream->chunk);
}

static void pause_if_congested(struct stream *stream) {
    if (stream->ended || stream_queued(stream) <= STREAM_QUEUE_BYTES)
        return;
    stream->pauses = true;
    uv_read_stop((uv_stream_t *)&stream->in);
}

static void on_read(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer) {
    struct stream *stream = handle->data;
    if (count > 0)
        stream->events->received(stream->data, buffer->base, (size_t)count);
    else if (count < 0)
        end(stream);
    pause_if_congested(stream);
}

static void go_on_reading(struct stream *stream) {
    if (!stream->pauses || stream->ended)
        return;
    stream->pauses = false;
    uv_read_start((uv_stream_t *)&stream->in, give_chunk, on_read);
}

static void on_file_read(uv_fs_t *request);

static int read_file(struct stream *stream) {
    uv_buf_t buffer = uv_buf_init(stream->chunk, sizeof stream->chunk);
    stream->file_read.data = stream;
    return uv_fs_read(stream->loop, &stream->file_read, stream->in_fd, &buffer, 1, -1,
                      on_file_read);
}

static void on_file_read(uv_fs_t *request) {
    struct stream *stream = request->data;
    ssize_t count = request->result;
    uv_fs_req_cleanup(request);
    if (stream->ended)
        return;
    if (count > 0)
        stream->events->received(stream->data, stream->chunk, (size_t)count);
    if (!stream->ended && (count <= 0 || read_file(stream) != 0))
        end(stream);
}

static int open_pipe(struct stream *stream, uv_pipe_t *pipe, int *fd) {
    int status = uv_pipe_init(stream->loop, pipe, 0);
    pipe->data = stream;
    if (status == 0)
        status = uv_pipe_open(pipe, *fd);
    if (status == 0)
        *fd = -1; /* the handle's now */
    return status;
}

static bool is_file(int fd) {
    uv_handle_type type = uv_guess_handle(fd);
    return type == UV_FILE || type == UV_UNKNOWN_HANDLE;
}

int stream_init(struct stream *stream, uv_loop_t *loop, int in_fd, int out_fd,
                const struct stream_events *events, void *data) {
    stream->loop = loop;
    stream->events = events;
    stream->data = data;
    stream->in_fd = in_fd;
    stream->out_fd = out_fd;
    stream->in_is_file = is_file(in_fd);
    stream->out_is_file = is_file(out_fd);
    int status = 0;
    if (!stream->out_is_file)
        status = open_pipe(stream, &stream->out, &stream->out_fd);
    if (status != 0)
        return status;
    if (stream->in_is_file)
        return read_file(stream);
    status = open_pipe(stream, &stream->in, &stream->in_fd);
    return status != 0 ? status : uv_read_start((uv_stream_t *)&stream->in, give_chunk, on_read);
}

static void close_pipe(uv_pipe_t *pipe) {
    if (pipe->loop != NULL && !uv_is_closing((uv_handle_t *)pipe))
        uv_close((uv_handle_t *)pipe, NULL);
}

void stream_close(struct stream *stream) {
    close_pipe(&stream->in);
    close_pipe(&stream->out);
}

void stream_finish(struct stream *stream) {
    if (stream->in_fd >= 0)
        close(stream->in_fd);
    if (stream->out_fd >= 0)
        close(stream->out_fd);
    free(stream->queue.items);
}

static void on_sent(uv_write_t *write, int status) {
    struct sending *sending = write->data;
    struct stream *stream = sending->stream;
    free(sending->bytes);
    free(sending);
    if (status == UV_ECANCELED)
        return; /* we are being closed */
    if (status != 0)
        end(stream);
    if (stream_queued(stream) > 0)
        return;
    go_on_reading(stream);
    stream->events->drained(stream->data);
}

static void send_to_file(struct stream *stream, char *bytes, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t count = write(stream->out_fd, bytes + done, size - done);
        if (count <= 0)
            break;
        done += (size_t)count;
    }
    free(bytes);
}

/* More than this is worth packets of its own, and no copy. */
enum { JOINED_BYTES = 1 << 16 };

static void send_now(struct stream *stream, char *bytes, size_t size) {
    struct sending *sending = alloc_zeroed(1, sizeof *sending);
    *sending = (struct sending){.stream = stream, .bytes = bytes};
    sending->write.data = sending;
    uv_buf_t buffer = uv_buf_init(bytes, (unsigned)size);
    int status = uv_write(&sending->write, (uv_stream_t *)&stream->out, &buffer, 1, on_sent);
    if (status != 0) { /* closed already: nobody is there to be told */
        free(bytes);
        free(sending);
    }
}

static void flush(struct stream *stream) {
    if (stream->queue.count == 0)
        return;
    char *bytes = stream->queue.items;
    size_t size = stream->queue.count;
    memset(&stream->queue, 0, sizeof stream->queue);
    send_now(stream, bytes, size);
}

static void join(struct stream *stream, char *bytes, size_t size) {
    alloc_reserve(&stream->queue, size);
    memcpy(stream->queue.items + stream->queue.count, bytes, size);
    stream->queue.count += size;
    free(bytes);
}

void stream_send(struct stream *stream, char *bytes, size_t size) {
    if (stream->out_is_file) {
        send_to_file(stream, bytes, size);
    } else if (stream->held && stream->queue.count + size <= JOINED_BYTES) {
        join(stream, bytes, size);
    } else {
        flush(stream);
        send_now(stream, bytes, size);
    }
}

void stream_hold(struct stream *stream) {
    stream->held = true;
}

void stream_release(struct stream *stream) {
    stream->held = false;
    flush(stream);
}

size_t stream_queued(const struct stream *stream) {
    if (stream->out_is_file)
        return 0;
    return stream->queue.count + uv_stream_get_write_queue_size((const uv_stream_t *)&stream->out);
}

void stream_stop_reading(struct stream *stream) {
    stream->ended = true;
    if (!stream->in_is_file)
        uv_read_stop((uv_stream_t *)&stream->in);
}
