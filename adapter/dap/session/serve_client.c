/* SPDX-License-Identifier: MIT */
#include "serve_client.h"

#include "admission.h"
#include "alloc.h"
#include "request_tables.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

#define LIST(table) table,
static const struct request_entry *const tables[] = {REQUEST_TABLES(LIST) NULL};
#undef LIST

/* ---- what comes in ---- */

/* A request that named another program's thread would be about that program. */
static void route(struct session *session, const struct message *message) {
    const struct request about = {
        .client = &session->client,
        .configuration = &session->configuration,
        .program = session->program,
        .session = session,
    };
    request_route(session->tables, session_state(session), &about, message);
}

/* False: the message is not for us, and the session is over. */
static bool admit(struct session *session, const struct framing_frame *frame,
                  enum message_verdict verdict, const struct message *message) {
    struct admission *admission = session->admission;
    const char *problem = NULL;
    if (admission == NULL || admission->passed)
        return true;
    enum admission_verdict judged = admission_judge(admission, frame, verdict, message, &problem);
    if (admission->passed)
        session_admit(session);
    if (judged == ADMISSION_PASSES)
        return true;
    log_remark(session->log, LOG_DAP, problem);
    struct client_ticket ticket = {message->seq, message->command};
    if (judged == ADMISSION_REFUSED)
        client_refuse(&session->client, &ticket, ERROR_NOT_ADMITTED, NULL, problem);
    session_close(session);
    return false;
}

static void handle_message(struct session *session, const struct framing_frame *frame) {
    struct message message;
    enum message_verdict verdict = message_read(&message, frame->body, frame->size);
    if (!admit(session, frame, verdict, &message)) {
        message_finish(&message);
        return;
    }
    if (verdict == MESSAGE_REQUEST) {
        route(session, &message);
    } else if (verdict == MESSAGE_RESPONSE) {
        if (!client_answered(&session->client, &message))
            log_remark(session->log, LOG_DAP, "a response to nothing that was asked");
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
    if (!session_is_admitted(session))
        session_close(session);
    else if (frame->too_large && session->phase != SESSION_NEW)
        debug_console_show(
            &session->console, "important",
            "The editor has sent a message larger than 64 MiB, which is passed over and "
            "not answered\n");
}

static void take_messages(struct session *session) {
    struct framing_frame frame;
    enum framing_result result;
    while (session->phase != SESSION_CLOSING &&
           (result = framing_next(&session->framing, &frame)) != FRAMING_WANTS_MORE) {
        if (result == FRAMING_PROBLEM) {
            pass_over(session, &frame);
            continue;
        }
        log_received(session->log, LOG_DAP, frame.body, frame.size);
        handle_message(session, &frame);
    }
}

static void on_received(void *data, const char *bytes, size_t size) {
    struct session *session = data;
    if (session->admission != NULL && !admission_receive(session->admission, size)) {
        log_remark(session->log, LOG_DAP, "too much from somebody who has not been let in");
        session_close(session);
        return;
    }
    framing_feed(&session->framing, bytes, size);
    stream_hold(&session->stream);
    take_messages(session);
    stream_release(&session->stream);
}

static void on_client_gone(void *data) {
    struct session *session = data;
    log_remark(session->log, LOG_DAP, "the client has gone");
    session_close(session);
}

static void on_drained(void *data) {
    session_drained(data);
}

/* ---- what goes out ---- */

static void send_bytes(void *data, char *bytes, size_t size) {
    struct session *session = data;
    const char *body = memchr(bytes, '{', size); /* the header has none */
    log_sent(session->log, LOG_DAP, body, size - (size_t)(body - bytes));
    stream_send(&session->stream, bytes, size);
}

static size_t queued_bytes(void *data) {
    const struct session *session = data;
    return stream_queued(&session->stream);
}

static int start(struct session *session, int in_fd, int out_fd) {
    static const struct stream_events events = {on_received, on_client_gone, on_drained};
    session->tables = tables;
    framing_init(&session->framing);
    client_init(&session->client, send_bytes, session);
    session->client.queued = queued_bytes;
    return stream_init(&session->stream, &session->loop, in_fd, out_fd, &events, session);
}

int serve_client(int in_fd, int out_fd, struct log *log, struct admission *admission) {
    struct session *session = alloc_zeroed(1, sizeof *session);
    int status = uv_loop_init(&session->loop);
    if (status != 0) {
        free(session);
        return status;
    }
    status = session_init(session, log, admission);
    if (status == 0)
        status = start(session, in_fd, out_fd);
    if (status != 0)
        session_close(session);
    uv_run(&session->loop, UV_RUN_DEFAULT);
    session_finish(session);
    free(session);
    return status;
}
