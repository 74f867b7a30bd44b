/* SPDX-License-Identifier: MIT */
#include "pending.h"

#include "alloc.h"
#include "requests.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

int pending_init(struct pending *pending, struct session *session) {
    pending->timer.data = session;
    return uv_timer_init(&session->loop, &pending->timer);
}

struct progress_id {
    char text[24];
};

static struct progress_id progress_id(int number) {
    struct progress_id id;
    snprintf(id.text, sizeof id.text, "luaheat-%d", number);
    return id;
}

static void start_progress(struct session *session, struct pending_request *request) {
    request->progress = ++session->pending.last_progress;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "progressId", progress_id(request->progress).text);
    cJSON_AddStringToObject(
        body, "title", strcmp(request->command, "evaluate") == 0 ? "Evaluating" : "Inspecting");
    cJSON_AddNumberToObject(body, "requestId", (double)request->seq);
    cJSON_AddTrueToObject(body, "cancellable");
    client_event(&session->client, "progressStart", body);
}

static void end_progress(struct session *session, const struct pending_request *request) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "progressId", progress_id(request->progress).text);
    client_event(&session->client, "progressEnd", body);
}

/* The runtime answers one after the other, so the oldest is the one that takes its time. */
static void on_timer(uv_timer_t *timer) {
    struct session *session = timer->data;
    struct pending_request *oldest = session->pending.first;
    if (oldest != NULL && oldest->progress == 0)
        start_progress(session, oldest);
}

/* Until the oldest has waited long enough to be shown. */
static void set_timer(struct session *session) {
    struct pending *pending = &session->pending;
    uv_timer_stop(&pending->timer);
    if (pending->first == NULL || !session->features.progress || session->ending.closing)
        return;
    uint64_t due = pending->first->since + PENDING_PROGRESS_MS, now = uv_now(&session->loop);
    uv_timer_start(&pending->timer, on_timer, due > now ? due - now : 0, 0);
}

static struct pending_request **end_of(struct pending *pending) {
    struct pending_request **at = &pending->first;
    while (*at != NULL)
        at = &(*at)->next;
    return at;
}

void pending_add(struct session *session, struct pending_request *request,
                 const struct client_ticket *ticket) {
    *request = (struct pending_request){
        .command = ticket->command,
        .seq = ticket->seq,
        .link_seq = runtime_link_next_seq(&session->link),
        .since = uv_now(&session->loop),
    };
    *end_of(&session->pending) = request;
    if (session->pending.first == request)
        set_timer(session);
}

void pending_remove(struct session *session, struct pending_request *request) {
    struct pending_request **at = &session->pending.first;
    while (*at != request)
        at = &(*at)->next;
    *at = request->next;
    if (request->progress != 0)
        end_progress(session, request);
    set_timer(session);
}

static bool is_meant(const struct pending_request *request, int64_t seq, const char *progress) {
    return request->seq == seq || (request->progress != 0 && progress != NULL &&
                                   strcmp(progress_id(request->progress).text, progress) == 0);
}

/* What is not pending (any more) cannot be cancelled, which is no error: the client cannot know. */
static void cancel(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t seq = arguments_integer(arguments, "requestId", -1, 0, MESSAGE_MAX_INTEGER);
    const char *progress = arguments_string(arguments, "progressId", NULL);
    if (arguments->problem != NULL)
        return;
    for (struct pending_request *at = session->pending.first; at != NULL; at = at->next) {
        if (!is_meant(at, seq, progress))
            continue;
        cJSON *body = alloc_checked(cJSON_CreateObject());
        cJSON_AddNumberToObject(body, "requestId", (double)at->link_seq);
        runtime_link_send(&session->link, "cancel", body, NULL, NULL);
        break;
    }
    client_respond(&session->client, &request->ticket, NULL);
}

const struct request_entry pending_requests[] = {
    {"cancel", STATE_INITIALIZED, cancel, {"supportsCancelRequest"}},
    {NULL},
};
