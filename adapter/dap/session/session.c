/* SPDX-License-Identifier: MIT */
#include "session.h"

#include "alloc.h"
#include "breakpoints.h"
#include "requests.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void handle_message(struct session *session, const char *body, size_t size) {
    const struct request_router router = {requests_tables, &session->client, session};
    struct message message;
    enum message_verdict verdict = message_read(&message, body, size);
    if (verdict == MESSAGE_REQUEST) {
        request_route(&router, session->state, &message);
    } else if (verdict == MESSAGE_BAD) {
        struct client_ticket ticket = {message.seq, message.command};
        client_refuse(&session->client, &ticket, ERROR_BAD_MESSAGE, NULL, message.problem);
    } else {
        log_remark(session->log, LOG_DAP, message.problem);
        if (verdict == MESSAGE_NOT_JSON)
            framing_distrust(&session->framing);
    }
    message_finish(&message);
}

/* Nobody answers what is passed over: who waits for that is to know it. */
static void pass_over(struct session *session, const struct framing_frame *frame) {
    log_remark(session->log, LOG_DAP, frame->problem);
    if (frame->too_large && session->state != STATE_NEW)
        session_show_output(session, "important",
                            "The editor has sent a message larger than 64 MiB, which is passed "
                            "over and not answered\n");
}

static void on_received(void *data, const char *bytes, size_t size) {
    struct session *session = data;
    framing_feed(&session->framing, bytes, size);
    struct framing_frame frame;
    enum framing_result result;
    while (!session->ending.closing &&
           (result = framing_next(&session->framing, &frame)) != FRAMING_WANTS_MORE) {
        if (result == FRAMING_PROBLEM) {
            pass_over(session, &frame);
            continue;
        }
        log_received(session->log, LOG_DAP, frame.body, frame.size);
        handle_message(session, frame.body, frame.size);
    }
}

static void on_client_gone(void *data) {
    struct session *session = data;
    log_remark(session->log, LOG_DAP, "the client has gone");
    ending_close(session);
}

static void on_drained(void *data) {
    struct session *session = data;
    output_resume(&session->out);
    output_resume(&session->err);
    breakpoints_go_on_printing(session);
    ending_continue(session);
}

static void send_bytes(void *data, char *bytes, size_t size) {
    struct session *session = data;
    const char *body = memchr(bytes, '{', size); /* the header has none */
    log_sent(session->log, LOG_DAP, body, size - (size_t)(body - bytes));
    stream_send(&session->stream, bytes, size);
}

bool session_is_congested(const struct session *session) {
    return stream_queued(&session->stream) > SESSION_QUEUE_BYTES;
}

static void send_output(void *data, const char *category, const char *text) {
    struct session *session = data;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "category", category);
    cJSON_AddStringToObject(body, "output", text);
    client_event(&session->client, "output", body);
    if (session_is_congested(session)) {
        output_pause(&session->out);
        output_pause(&session->err);
    }
}

void session_show_output(void *data, const char *category, const char *text) {
    struct session *session = data;
    output_batch_add(&session->shown, category, text);
    if (strcmp(category, "console") == 0 || strcmp(category, "important") == 0)
        output_batch_flush(&session->shown);
}

void session_take_output(struct session *session, bool final) {
    output_drain(&session->out, final);
    output_drain(&session->err, final);
    output_batch_flush(&session->shown);
}

static int start(struct session *session, int in_fd, int out_fd) {
    static const struct stream_events events = {on_received, on_client_gone, on_drained};
    session->state = STATE_NEW;
    framing_init(&session->framing);
    client_init(&session->client, send_bytes, session);
    int status = stream_init(&session->stream, &session->loop, in_fd, out_fd, &events, session);
    if (status == 0)
        status = ending_init(&session->ending, session);
    if (status == 0)
        status = launch_init(&session->launch, session);
    if (status == 0)
        status = restart_init(&session->restart, session);
    if (status == 0)
        status = pending_init(&session->pending, session);
    if (status == 0)
        status = summons_init(&session->summons, session);
    if (status == 0)
        status = output_batch_init(&session->shown, &session->loop, send_output, session);
    if (status == 0)
        status = memory_init(&session->memory, session);
    return status;
}

static void finish(struct session *session) {
    stream_finish(&session->stream);
    framing_finish(&session->framing);
    client_finish(&session->client);
    launch_finish(&session->launch);
    restart_finish(&session->restart);
    changes_finish(&session->changes);
    runtime_link_close(&session->link);
    summons_finish(&session->summons);
    output_finish(&session->out);
    output_finish(&session->err);
    output_batch_finish(&session->shown);
    breakpoint_table_finish(&session->breakpoints);
    exceptions_finish(&session->exceptions);
    memory_breakpoints_finish(&session->memory_breakpoints);
    memory_finish(&session->memory);
}

int session_run(int in_fd, int out_fd, struct log *log) {
    struct session *session = alloc_zeroed(1, sizeof *session);
    session->log = log;
    int status = uv_loop_init(&session->loop);
    if (status != 0) {
        free(session);
        return status;
    }
    status = start(session, in_fd, out_fd);
    if (status != 0)
        ending_close(session);
    uv_run(&session->loop, UV_RUN_DEFAULT);
    finish(session);
    int busy = uv_loop_close(&session->loop);
    assert(busy == 0);
    (void)busy;
    free(session);
    return status;
}
