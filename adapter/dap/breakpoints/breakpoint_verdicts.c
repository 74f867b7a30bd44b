/* SPDX-License-Identifier: MIT */
#include "breakpoint_verdicts.h"

#include "alloc.h"
#include "foreseen.h"

#include <stdlib.h>

/* What the runtime was asked about one set. The table may have moved on when it answers. */
struct question {
    struct client *client;
    const struct breakpoint_table *table;
    bool as_events;              /* the client has had its response */
    struct client_ticket ticket; /* otherwise */
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
    question->client = client;
    question->table = table;
    question->count = set->count;
    for (size_t i = 0; i < set->count; i++) {
        const cJSON *line = cJSON_GetObjectItemCaseSensitive(set->list[i].asked, "line");
        question->asked[i] = (struct asked){set->list[i].id, line != NULL ? line->valuedouble : 0};
    }
    return question;
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
    free(question);
}

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
        ask(question, request->program, set);
    } else {
        bool silent = request->program != NULL && program_is_silent(request->program);
        cJSON *foreseen = silent ? foreseen_breakpoints(set) : NULL;
        answer(question, foreseen, reason, why_not);
        cJSON_Delete(foreseen);
        free(question);
    }
}

void breakpoint_verdicts_foretell(const struct breakpoint_table *table, struct client *client) {
    for (const struct breakpoint_set *set = table->first; set != NULL; set = set->next) {
        cJSON *foreseen = foreseen_breakpoints(set);
        if (foreseen == NULL)
            continue;
        struct question *question = new_question(client, table, set);
        question->as_events = true;
        answer(question, foreseen, NULL, NULL);
        cJSON_Delete(foreseen);
        free(question);
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
