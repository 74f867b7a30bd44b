/* SPDX-License-Identifier: MIT */
#include "breakpoints.h"

#include "alloc.h"
#include "session.h"

#include <stdlib.h>

/* What the runtime was asked about one set. The table may have moved on when it answers. */
struct question {
    struct session *session;
    bool as_events;              /* the client has had its response */
    struct client_ticket ticket; /* otherwise */
    size_t count;
    struct asked {
        int id;
        double line; /* 0: it is no line's */
    } asked[];
};

static struct question *new_question(struct session *session, const struct breakpoint_set *set) {
    struct question *question =
        alloc_zeroed(1, sizeof *question + set->count * sizeof question->asked[0]);
    question->session = session;
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

static void send_event(struct session *session, cJSON *breakpoint) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "reason", "changed");
    cJSON_AddItemToObject(body, "breakpoint", breakpoint);
    client_event(&session->client, "breakpoint", body);
}

/* verdicts: the runtime's, in order, from which they are taken; NULL: there are none, and why. */
static void answer(const struct question *question, cJSON *verdicts, const char *reason,
                   const char *message) {
    struct session *session = question->session;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *list = cJSON_AddArrayToObject(body, "breakpoints");
    for (size_t i = 0; i < question->count; i++) {
        const struct asked *asked = &question->asked[i];
        cJSON *verdict = cJSON_DetachItemFromArray(verdicts, 0);
        verdict = complete(verdict, asked, reason, message);
        if (!question->as_events)
            cJSON_AddItemToArray(list, verdict);
        else if (breakpoint_table_has(&session->breakpoints, asked->id))
            send_event(session, verdict);
        else
            cJSON_Delete(verdict);
    }
    if (!question->as_events)
        client_respond(&session->client, &question->ticket, body);
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
static void ask(struct question *question, const struct breakpoint_set *set) {
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
    runtime_link_send(&question->session->link, set->command, arguments, on_reply, question);
}

/* Why the runtime cannot be asked; NULL if it can (it answers once it is ready). *reason: DAP's
   word for it. */
static const char *obstacle(const struct session *session, const char **reason) {
    *reason = "failed";
    if (session->state == STATE_ENDED)
        return "The program has ended";
    if (session->launch.settings.no_debug)
        return "The program runs without debugging ('noDebug')";
    if (session->launch.started && !session->launch.pending && !session->link.open)
        return "The program has closed the debugger's descriptor";
    *reason = "pending";
    return session->link.open ? NULL : "The program has not been launched yet";
}

void breakpoints_set(struct session *session, const struct client_ticket *ticket,
                     const cJSON *source, const cJSON *list) {
    const struct breakpoint_set *set =
        breakpoint_table_replace(&session->breakpoints, ticket->command, source, list);
    struct question *question = new_question(session, set);
    question->ticket = *ticket;
    const char *reason;
    const char *why_not = obstacle(session, &reason);
    if (why_not == NULL) {
        ask(question, set);
    } else {
        answer(question, NULL, reason, why_not);
        free(question);
    }
}

bool breakpoints_can_ask(const struct session *session) {
    const char *reason;
    return obstacle(session, &reason) == NULL;
}

void breakpoints_send_all(struct session *session) {
    const struct breakpoint_set *set = session->breakpoints.first;
    for (; set != NULL; set = set->next) {
        if (set->count == 0)
            continue;
        struct question *question = new_question(session, set);
        question->as_events = true;
        ask(question, set);
    }
}

void breakpoints_changed(struct session *session, const cJSON *body) {
    client_event(&session->client, "breakpoint", cJSON_Duplicate(body, true));
}

/* The program waits with what it prints next until this is shown; so it does while the client is
   busy. */
void breakpoints_printed(struct session *session, const cJSON *body) {
    session_take_output(session, false);
    if (body != NULL)
        client_event(&session->client, "output", cJSON_Duplicate(body, true));
    session->printer_waits = true;
    breakpoints_go_on_printing(session);
}

void breakpoints_go_on_printing(struct session *session) {
    if (!session->printer_waits || session_is_congested(session))
        return;
    session->printer_waits = false;
    runtime_link_send(&session->link, "outputShown", NULL, NULL, NULL);
}
