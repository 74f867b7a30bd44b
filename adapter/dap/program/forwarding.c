/* SPDX-License-Identifier: MIT */
#include "forwarding.h"

#include "alloc.h"
#include "list.h"
#include "units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct forwarded {
    struct forwarded *next;
    struct forwarding *forwarding;
    struct client_ticket ticket;
    struct forwarding_answer answer;
    struct invalidated invalidated;
    int64_t link_seq; /* its number on the link */
    uint64_t since;   /* ms of the loop's clock */
    int progress;     /* number of the progress shown; 0: none */
    uint64_t objects; /* of a heap that is walked over: how many have been reached; 0: it is not */
    uint64_t all;     /* how many there are; 0: not known */
    bool given_up;    /* the client has been answered, and it is in the list no more */
};

int forwarding_init(struct forwarding *forwarding, struct loop_handles *handles,
                    struct client *client, struct runtime_link *link, struct heat_map *heat) {
    forwarding->client = client;
    forwarding->invalidation = (struct invalidation){.client = client, .heat = heat};
    forwarding->link = link;
    forwarding->handles = handles;
    forwarding->timer.data = forwarding;
    return uv_timer_init(handles->loop, &forwarding->timer);
}

void forwarding_finish(struct forwarding *forwarding) {
    loop_handles_close(forwarding->handles, &forwarding->timer);
    invalidation_finish(&forwarding->invalidation);
}

/* ---- progress ---- */

struct progress_id {
    char text[24];
};

static struct progress_id progress_id(int number) {
    struct progress_id id;
    snprintf(id.text, sizeof id.text, "luaheat-%d", number);
    return id;
}

/* What is done for a command. */
static const char *title_of(const char *command) {
    static const struct {
        const char *command, *title;
    } titles[] = {
        {"evaluate", "Evaluating"},
        {"luaheat/collect", "Collecting garbage"},
        {"luaheat/retainers", "Looking for what holds it"},
        {"luaheat/largestTables", "Looking for the largest tables"},
        {"luaheat/equalStrings", "Looking for equal strings"},
        {"luaheat/heapSnapshot", "Writing a heap snapshot"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcmp(titles[i].command, command) == 0)
            return titles[i].title;
    return "Inspecting";
}

/* In percent. What has become garbage is never reached, what came into being meanwhile is. */
static double share(uint64_t part, uint64_t whole) {
    uint64_t percent = part < whole ? 100 * part / whole : 100;
    return (double)percent;
}

static void add_walk(cJSON *body, const struct forwarded *forwarded) {
    char count[UNITS_ROOM];
    if (forwarded->objects == 0)
        return;
    units_exact(count, forwarded->objects);
    char *message = alloc_printed("%s objects", count);
    cJSON_AddStringToObject(body, "message", message);
    free(message);
    if (forwarded->all > 0)
        cJSON_AddNumberToObject(body, "percentage", share(forwarded->objects, forwarded->all));
}

static void start_progress(struct forwarding *forwarding, struct forwarded *forwarded) {
    forwarded->progress = ++forwarding->last_progress;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "progressId", progress_id(forwarded->progress).text);
    cJSON_AddStringToObject(body, "title", title_of(forwarded->ticket.command));
    cJSON_AddNumberToObject(body, "requestId", (double)forwarded->ticket.seq);
    cJSON_AddTrueToObject(body, "cancellable");
    add_walk(body, forwarded);
    client_event(forwarding->client, "progressStart", body);
}

void forwarding_note_walk(struct forwarding *forwarding, int64_t link_seq, uint64_t objects,
                          uint64_t all) {
    struct forwarded *at = forwarding->first;
    while (at != NULL && at->link_seq != link_seq)
        at = at->next;
    if (at == NULL)
        return;
    at->objects = objects;
    at->all = all;
    if (at->progress == 0)
        return;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "progressId", progress_id(at->progress).text);
    add_walk(body, at);
    client_event(forwarding->client, "progressUpdate", body);
}

static void end_progress(struct client *client, const struct forwarded *forwarded) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "progressId", progress_id(forwarded->progress).text);
    client_event(client, "progressEnd", body);
}

static void give_up(struct forwarding *forwarding, struct forwarded *forwarded);

/* The runtime answers one after the other, so the oldest is the one that takes its time. */
static void on_timer(uv_timer_t *timer) {
    struct forwarding *forwarding = timer->data;
    struct forwarded *oldest = forwarding->first;
    bool can_be_idle = forwarding->is_idle != NULL;
    if (oldest == NULL)
        return;
    if (can_be_idle && forwarding->is_idle(forwarding->idle_data)) {
        give_up(forwarding, oldest);
        return;
    }
    if (oldest->progress == 0 && forwarding->client->features.progress)
        start_progress(forwarding, oldest);
    if (can_be_idle)
        uv_timer_start(timer, on_timer, FORWARDING_PROGRESS_MS, 0);
}

/* Until the oldest has waited long enough to be shown, or given up. */
static void set_timer(struct forwarding *forwarding) {
    uv_timer_stop(&forwarding->timer);
    if (forwarding->first == NULL ||
        (!forwarding->client->features.progress && forwarding->is_idle == NULL))
        return;
    uint64_t due = forwarding->first->since + FORWARDING_PROGRESS_MS;
    uint64_t now = uv_now(forwarding->handles->loop);
    uv_timer_start(&forwarding->timer, on_timer, due > now ? due - now : 0, 0);
}

/* ---- which wait ---- */

static void add(struct forwarding *forwarding, struct forwarded *forwarded) {
    struct forwarded **end = &forwarding->first;
    while (*end != NULL)
        end = &(*end)->next;
    *end = forwarded;
    if (forwarding->first == forwarded)
        set_timer(forwarding);
}

static void take_out(struct forwarding *forwarding, struct forwarded *forwarded) {
    struct forwarded **at = &forwarding->first;
    LIST_REMOVE(at, forwarded);
    if (forwarded->progress != 0)
        end_progress(forwarding->client, forwarded);
    set_timer(forwarding);
}

static bool is_meant(const struct forwarded *forwarded, int64_t seq, const char *progress) {
    return forwarded->ticket.seq == seq ||
           (forwarded->progress != 0 && progress != NULL &&
            strcmp(progress_id(forwarded->progress).text, progress) == 0);
}

static void cancel(const struct forwarded *forwarded) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(body, "requestId", (double)forwarded->link_seq);
    runtime_link_send(forwarded->forwarding->link, "cancel", body, NULL, NULL);
}

void forwarding_cancel(struct forwarding *forwarding, int64_t seq, const char *progress) {
    struct forwarded *at = forwarding->first;
    while (at != NULL && !is_meant(at, seq, progress))
        at = at->next;
    if (at != NULL)
        cancel(at);
}

/* ---- there and back ---- */

void forwarding_refuse(struct client *client, const struct client_ticket *ticket,
                       const struct runtime_reply *reply) {
    if (strcmp(reply->message, "notStopped") == 0)
        client_refuse(client, ticket, ERROR_WRONG_STATE, "notStopped",
                      "The program is running; pause it first");
    else if (strcmp(reply->message, "cancelled") == 0)
        client_refuse(client, ticket, ERROR_CANCELLED, "cancelled", "The request was cancelled");
    else
        client_refuse(client, ticket, reply->ended ? ERROR_PROGRAM_ENDED : ERROR_RUNTIME, NULL,
                      reply->message);
}

static void pass_on(const struct forwarded *forwarded, struct runtime_reply *reply) {
    struct client *client = forwarded->forwarding->client;
    if (reply->text != NULL && client_takes_text(client)) {
        client_respond_text(client, &forwarded->ticket, reply->text, reply->text_size);
        return;
    }
    if (reply->text != NULL)
        reply->body = cJSON_ParseWithLength(reply->text, reply->text_size);
    if (forwarded->answer.amend != NULL && reply->body != NULL)
        forwarded->answer.amend(forwarded->answer.data, reply->body);
    client_respond(client, &forwarded->ticket, reply->body);
    reply->body = NULL;
}

/* Events come after the answer they come from. */
static void answer_well(struct forwarded *forwarded, struct runtime_reply *reply) {
    struct forwarding *forwarding = forwarded->forwarding;
    client_hold(forwarding->client);
    pass_on(forwarded, reply);
    invalidation_tell(&forwarding->invalidation, &forwarded->invalidated);
    client_release(forwarding->client);
}

static void answer_without(struct forwarded *forwarded) {
    client_respond(forwarded->forwarding->client, &forwarded->ticket, forwarded->answer.without);
    forwarded->answer.without = NULL;
}

void forwarding_refuse_idle(struct client *client, const struct client_ticket *ticket) {
    client_refuse(client, ticket, ERROR_WRONG_STATE, NULL,
                  "The program is not running Lua code now, which this needs");
}

/* What the runtime says of it when Lua runs again nobody will hear, so it need not be done. */
static void give_up(struct forwarding *forwarding, struct forwarded *forwarded) {
    take_out(forwarding, forwarded);
    forwarded->given_up = true;
    if (forwarded->answer.without != NULL)
        answer_without(forwarded);
    else
        forwarding_refuse_idle(forwarding->client, &forwarded->ticket);
    cancel(forwarded);
}

static void on_reply(void *data, struct runtime_reply *reply) {
    struct forwarded *forwarded = data;
    struct client *client = forwarded->forwarding->client;
    if (!forwarded->given_up)
        take_out(forwarded->forwarding, forwarded);
    if (forwarded->given_up) {
        /* the client has its answer */
    } else if (reply->ended && forwarded->answer.without != NULL) {
        answer_without(forwarded);
    } else if (reply->success) {
        answer_well(forwarded, reply);
    } else {
        forwarding_refuse(client, &forwarded->ticket, reply);
    }
    invalidated_finish(&forwarded->invalidated);
    cJSON_Delete(forwarded->answer.without);
    free(forwarded);
}

void forwarding_send(struct forwarding *forwarding, const struct request *request,
                     const char *command, cJSON *arguments, struct forwarding_answer answer) {
    struct forwarded *forwarded = alloc_zeroed(1, sizeof *forwarded);
    *forwarded = (struct forwarded){
        .forwarding = forwarding,
        .ticket = request->ticket,
        .answer = answer,
        .invalidated = invalidation_by(&forwarding->invalidation, request),
        .link_seq = runtime_link_next_seq(forwarding->link),
        .since = uv_now(forwarding->handles->loop),
    };
    add(forwarding, forwarded);
    if (answer.amend == NULL)
        runtime_link_send_for_text(forwarding->link, command, arguments, on_reply, forwarded);
    else
        runtime_link_send(forwarding->link, command, arguments, on_reply, forwarded);
}
