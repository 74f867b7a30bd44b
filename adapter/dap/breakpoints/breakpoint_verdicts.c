/* SPDX-License-Identifier: MIT */
#include "breakpoint_verdicts.h"

#include "alloc.h"
#include "foreseen.h"

#include <stdlib.h>

/* What a runtime gets to answer; then the client is told what can be said without it. */
enum { PATIENCE_MS = 500 };

/* What the runtime was asked about one set. The table may have moved on when it answers. */
struct question {
    struct client *client;
    const struct breakpoint_table *table;
    bool as_events;              /* the client has had its response */
    struct client_ticket ticket; /* otherwise */
    char *path;                  /* of their file; NULL: they are in none */
    uv_timer_t *patience;        /* NULL: the runtime is waited for, however long it takes */
    size_t count;
    struct asked {
        int id;
        double line; /* 0: it is no line's */
    } asked[];
};

static struct question *new_question(struct client *client, const struct breakpoint_table *table,
                                     const struct breakpoint_set *set) {
    struct question *question =
        alloc_zeroed(1, sizeof *question + set->count * sizeof question->asked[0]);
    const char *path = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(set->source, "path"));
    question->client = client;
    question->table = table;
    question->path = path != NULL ? alloc_text(path) : NULL;
    question->count = set->count;
    for (size_t i = 0; i < set->count; i++) {
        const cJSON *line = cJSON_GetObjectItemCaseSensitive(set->list[i].asked, "line");
        question->asked[i] = (struct asked){set->list[i].id, line != NULL ? line->valuedouble : 0};
    }
    return question;
}

static void release_timer(uv_handle_t *timer) {
    free(timer);
}

static void end_patience(struct question *question) {
    if (question->patience != NULL)
        uv_close((uv_handle_t *)question->patience, release_timer);
    question->patience = NULL;
}

static void free_question(struct question *question) {
    end_patience(question);
    free(question->path);
    free(question);
}

/* Takes the runtime's Breakpoint; or (NULL) makes one that is not verified and says why. */
static cJSON *complete(cJSON *verdict, const struct asked *asked, const char *reason,
                       const char *message) {
    if (verdict == NULL) {
        verdict = alloc_checked(cJSON_CreateObject());
        cJSON_AddFalseToObject(verdict, "verified");
        cJSON_AddStringToObject(verdict, "reason", reason);
        cJSON_AddStringToObject(verdict, "message", message);
    }
    cJSON_DeleteItemFromObjectCaseSensitive(verdict, "id");
    cJSON_AddNumberToObject(verdict, "id", asked->id);
    if (asked->line > 0 && cJSON_GetObjectItemCaseSensitive(verdict, "line") == NULL)
        cJSON_AddNumberToObject(verdict, "line", asked->line);
    return verdict;
}

static void send_event(struct client *client, cJSON *breakpoint) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "reason", "changed");
    cJSON_AddItemToObject(body, "breakpoint", breakpoint);
    client_event(client, "breakpoint", body);
}

/* verdicts: the runtime's, in order, from which they are taken; NULL: there are none, and why. */
static void answer(const struct question *question, cJSON *verdicts, const char *reason,
                   const char *message) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < question->count; i++) {
        const struct asked *asked = &question->asked[i];
        cJSON *verdict = cJSON_DetachItemFromArray(verdicts, 0);
        verdict = complete(verdict, asked, reason, message);
        if (!question->as_events)
            cJSON_AddItemToArray(list, verdict);
        else if (breakpoint_table_has(question->table, asked->id))
            send_event(question->client, verdict);
        else
            cJSON_Delete(verdict);
    }
    if (!question->as_events)
        client_respond(question->client, &question->ticket, body);
    else
        cJSON_Delete(body);
}

static void on_reply(void *data, struct runtime_reply *reply) {
    struct question *question = data;
    cJSON *verdicts = cJSON_GetObjectItemCaseSensitive(reply->body, "breakpoints");
    answer(question, cJSON_IsArray(verdicts) ? verdicts : NULL, "failed",
           reply->success ? "The runtime did not say where it is" : reply->message);
    free_question(question);
}

/* ---- nobody answers ---- */

static cJSON *foresee(const struct question *question) {
    int *lines = alloc_zeroed(question->count + 1, sizeof *lines);
    for (size_t i = 0; i < question->count; i++)
        lines[i] = (int)question->asked[i].line;
    cJSON *foreseen = foreseen_breakpoints(question->path, lines, question->count);
    free(lines);
    return foreseen;
}

static void answer_foreseen(const struct question *question, const char *why_not) {
    cJSON *foreseen = foresee(question);
    answer(question, foreseen, "pending", why_not);
    cJSON_Delete(foreseen);
}

/* The runtime's answer is told as events, then. */
static void on_patience_ends(uv_timer_t *timer) {
    struct question *question = timer->data;
    end_patience(question);
    answer_foreseen(question, program_not_running_lua);
    question->as_events = true;
}

/* A program that is attached to may run no Lua code for hours. */
static void be_patient(struct question *question, uv_loop_t *loop) {
    question->patience = alloc_zeroed(1, sizeof *question->patience);
    uv_timer_init(loop, question->patience);
    question->patience->data = question;
    uv_timer_start(question->patience, on_patience_ends, PATIENCE_MS, 0);
}

/* ---- the runtime is asked ---- */

/* Takes the question. */
static void ask(struct question *question, struct program *program,
                const struct breakpoint_set *set) {
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    if (set->source != NULL)
        cJSON_AddItemToObject(arguments, "source", cJSON_Duplicate(set->source, true));
    cJSON *list = cJSON_AddArrayToObject(arguments, "breakpoints");
    for (size_t i = 0; i < set->count; i++) {
        cJSON *one = cJSON_Duplicate(set->list[i].asked, true);
        cJSON_DeleteItemFromObjectCaseSensitive(one, "id");
        cJSON_AddNumberToObject(one, "id", set->list[i].id);
        cJSON_AddItemToArray(list, one);
    }
    runtime_link_send(&program->link, set->command, arguments, on_reply, question);
}

void breakpoint_verdicts_answer(const struct request *request, const struct breakpoint_table *table,
                                const struct breakpoint_set *set) {
    struct question *question = new_question(request->client, table, set);
    question->ticket = request->ticket;
    const char *reason;
    const char *why_not = program_obstacle(request->program, &reason);
    if (why_not == NULL) {
        if (request->program->settings->attach != NULL)
            be_patient(question, request->program->owner->loop);
        ask(question, request->program, set);
        return;
    }
    if (request->program != NULL && program_is_silent(request->program))
        answer_foreseen(question, why_not);
    else
        answer(question, NULL, reason, why_not);
    free_question(question);
}

void breakpoint_verdicts_foretell(const struct breakpoint_table *table, struct client *client) {
    for (const struct breakpoint_set *set = table->first; set != NULL; set = set->next) {
        struct question *question = new_question(client, table, set);
        question->as_events = true;
        if (set->count > 0 && question->path != NULL)
            answer_foreseen(question, program_not_running_lua);
        free_question(question);
    }
}

void breakpoint_verdicts_ask_again(const struct breakpoint_table *table, struct program *program) {
    for (const struct breakpoint_set *set = table->first; set != NULL; set = set->next) {
        if (set->count == 0)
            continue;
        struct question *question = new_question(program->owner->client, table, set);
        question->as_events = true;
        ask(question, program, set);
    }
}
