/* SPDX-License-Identifier: MIT */
#include "runtime_link.h"

#include "alloc.h"
#include "contract_check.h"
#include "link.h"
#include "message.h"
#include "message_text.h"
#include "reply_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct waiting {
    struct waiting *next;
    int64_t seq;
    runtime_reply_function *on_reply;
    void *data;
    bool takes_text;
};

struct sending {
    uv_write_t write;
    struct runtime_link *link;
    char *bytes;
};

static void notify(const struct runtime_link *link, void (*callback)(void *data)) {
    if (callback != NULL)
        callback(link->watcher.data);
}

int runtime_link_init(struct runtime_link *link, struct loop_handles *handles, struct log *log,
                      runtime_event_function *on_event, void *data) {
    link->handles = handles;
    link->log = log;
    link->on_event = on_event;
    link->data = data;
    int status = uv_pipe_init(handles->loop, &link->pipe, 0);
    link->pipe.data = link;
    return status;
}

static void answer(struct waiting *waiting, struct runtime_reply *reply) {
    if (waiting->on_reply != NULL)
        waiting->on_reply(waiting->data, reply);
    cJSON_Delete(reply->body);
    free(waiting);
}

static void answer_ended(struct waiting *waiting) {
    struct runtime_reply reply = {.ended = true, .message = "The program has ended"};
    answer(waiting, &reply);
}

static void answer_too_large(struct waiting *waiting) {
    struct runtime_reply reply = {.message =
                                      "The request is larger than the 64 MiB that one may have"};
    answer(waiting, &reply);
}

static void on_sent(uv_write_t *write, int status) {
    struct sending *sending = write->data;
    if (sending->link->open)
        notify(sending->link, sending->link->watcher.on_sent);
    free(sending->bytes);
    free(sending);
}

/* False: it is longer than a line may be. */
static bool write_line(struct runtime_link *link, cJSON *message) {
    char *text = alloc_checked(message_text(message));
    size_t size = strlen(text);
    if (size > LINK_MESSAGE_BYTES) {
        free(text);
        return false;
    }
    log_sent(link->log, LOG_LINK, text, size);
    text[size] = '\n'; /* in the place of the NUL */
    struct sending *sending = alloc_zeroed(1, sizeof *sending);
    sending->bytes = text;
    sending->link = link;
    sending->write.data = sending;
    uv_buf_t buffer = uv_buf_init(text, (unsigned)size + 1);
    /* A failure means that the other side is gone; reading will tell. */
    if (uv_write(&sending->write, (uv_stream_t *)&link->pipe, &buffer, 1, on_sent) != 0)
        on_sent(&sending->write, 0);
    return true;
}

static struct waiting *add_waiting(struct runtime_link *link, runtime_reply_function *on_reply,
                                   void *data) {
    struct waiting *waiting = alloc_zeroed(1, sizeof *waiting);
    *waiting = (struct waiting){NULL, ++link->seq, on_reply, data, false};
    if (link->last != NULL)
        link->last->next = waiting;
    else
        link->first = waiting;
    link->last = waiting;
    return waiting;
}

static struct waiting *take_waiting(struct runtime_link *link, int64_t seq) {
    struct waiting *before = NULL;
    for (struct waiting *at = link->first; at != NULL; before = at, at = at->next) {
        if (at->seq != seq)
            continue;
        if (before != NULL)
            before->next = at->next;
        else
            link->first = at->next;
        if (link->last == at)
            link->last = before;
        return at;
    }
    return NULL;
}

/* What a client's arguments have besides is no business of the runtime's. */
static void keep_contract(const char *command, cJSON *arguments) {
    const struct contract_request *contract = contract_find_request(command);
    char problem[CONTRACT_PROBLEM_BYTES];
    contract_keep(contract->arguments, arguments);
    bool right = contract_check(contract->arguments, arguments, problem);
    assert(right);
    (void)right;
}

static void send_command(struct runtime_link *link, const char *command, cJSON *arguments,
                         struct waiting *waiting) {
    if (!link->open) {
        cJSON_Delete(arguments);
        answer_ended(take_waiting(link, waiting->seq));
        return;
    }
    keep_contract(command, arguments);
    cJSON *message = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(message, "seq", (double)waiting->seq);
    cJSON_AddStringToObject(message, "command", command);
    if (arguments != NULL)
        cJSON_AddItemToObject(message, "arguments", arguments);
    if (!write_line(link, message))
        answer_too_large(take_waiting(link, waiting->seq));
    cJSON_Delete(message);
    notify(link, link->watcher.on_begin);
}

void runtime_link_send(struct runtime_link *link, const char *command, cJSON *arguments,
                       runtime_reply_function *on_reply, void *data) {
    send_command(link, command, arguments, add_waiting(link, on_reply, data));
}

void runtime_link_send_for_text(struct runtime_link *link, const char *command, cJSON *arguments,
                                runtime_reply_function *on_reply, void *data) {
    struct waiting *waiting = add_waiting(link, on_reply, data);
    waiting->takes_text = true;
    send_command(link, command, arguments, waiting);
}

int64_t runtime_link_waiting(const struct runtime_link *link) {
    return link->first != NULL ? link->first->seq : 0;
}

int64_t runtime_link_next_seq(const struct runtime_link *link) {
    return link->seq + 1;
}

static void on_response(struct runtime_link *link, cJSON *message) {
    int64_t seq = 0;
    message_integer(cJSON_GetObjectItemCaseSensitive(message, "request_seq"), &seq);
    struct waiting *waiting = take_waiting(link, seq);
    if (waiting == NULL) {
        log_remark(link->log, LOG_LINK, "a response that nobody waits for");
        return;
    }
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(message, "message");
    struct runtime_reply reply = {
        .success = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(message, "success")),
        .message = cJSON_IsString(text) ? text->valuestring : "",
        .body = cJSON_DetachItemFromObjectCaseSensitive(message, "body"),
    };
    if (!reply.success && reply.message[0] == '\0')
        reply.message = "The runtime refused without saying why";
    answer(waiting, &reply);
}

static void on_message(struct runtime_link *link, cJSON *message) {
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(message, "type");
    const cJSON *event = cJSON_GetObjectItemCaseSensitive(message, "event");
    if (!cJSON_IsString(type))
        log_remark(link->log, LOG_LINK, "not a message");
    else if (strcmp(type->valuestring, "response") == 0)
        on_response(link, message);
    else if (cJSON_IsString(event))
        link->on_event(link->data, event->valuestring,
                       cJSON_GetObjectItemCaseSensitive(message, "body"));
}

/* The runtime answers one after the other. */
static bool is_taken_as_text(struct runtime_link *link, const char *line, size_t size) {
    struct runtime_reply reply = {.success = true, .message = ""};
    const struct waiting *oldest = link->first;
    if (oldest == NULL || !oldest->takes_text ||
        (reply.text = reply_text_find(line, size, oldest->seq, &reply.text_size)) == NULL)
        return false;
    answer(take_waiting(link, oldest->seq), &reply);
    return true;
}

static void on_line(struct runtime_link *link, const char *line, size_t size) {
    log_received(link->log, LOG_LINK, line, size);
    if (is_taken_as_text(link, line, size))
        return;
    cJSON *message = cJSON_ParseWithLength(line, size);
    on_message(link, message);
    cJSON_Delete(message);
}

/* Whoever handles a line may close the link, or drain it, which comes back here. */
static void take_lines(struct runtime_link *link) {
    while (link->open) {
        char *from = link->received.items + link->searched;
        char *newline = memchr(from, '\n', link->received.count - link->searched);
        if (newline == NULL)
            break;
        size_t start = link->taken, end = (size_t)(newline - link->received.items);
        link->taken = link->searched = end + 1;
        on_line(link, link->received.items + start, end - start);
    }
    if (!link->open)
        return;
    link->received.count -= link->taken;
    memmove(link->received.items, link->received.items + link->taken, link->received.count);
    link->taken = 0;
    link->searched = link->received.count;
}

static void receive(struct runtime_link *link, size_t count) {
    alloc_reserve(&link->received, count);
    memcpy(link->received.items + link->received.count, link->chunk, count);
    link->received.count += count;
    take_lines(link);
    if (link->open && link->received.count > LINK_MESSAGE_BYTES) {
        log_remark(link->log, LOG_LINK, "a message is too long; giving up on the runtime");
        runtime_link_close(link);
    }
}

static void give_chunk(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct runtime_link *link = handle->data;
    *buffer = uv_buf_init(link->chunk, sizeof link->chunk);
}

static void on_read(uv_stream_t *handle, ssize_t count, const uv_buf_t *buffer) {
    struct runtime_link *link = handle->data;
    if (count > 0)
        receive(link, (size_t)count);
    else if (count < 0) {
        runtime_link_close(link);
        notify(link, link->watcher.on_end);
    }
}

void runtime_link_start(struct runtime_link *link) {
    link->open = true;
    uv_read_start((uv_stream_t *)&link->pipe, give_chunk, on_read);
}

void runtime_link_drain(struct runtime_link *link) {
    uv_os_fd_t fd;
    while (link->open && uv_fileno((uv_handle_t *)&link->pipe, &fd) == 0) {
        ssize_t count = read(fd, link->chunk, sizeof link->chunk);
        if (count <= 0)
            return;
        receive(link, (size_t)count);
    }
}

void runtime_link_close(struct runtime_link *link) {
    link->open = false;
    loop_handles_close(link->handles, &link->pipe);
    while (link->first != NULL)
        answer_ended(take_waiting(link, link->first->seq));
    free(link->received.items);
    link->received.items = NULL;
    link->received.count = link->received.room = link->taken = link->searched = 0;
}
