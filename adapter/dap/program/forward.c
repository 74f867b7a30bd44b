/* SPDX-License-Identifier: MIT */
#include "forward.h"

#include "alloc.h"
#include "contract_check.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

struct forwarded {
    struct session *session;
    struct pending_request pending;
    struct client_ticket ticket;
    forward_amend_function *amend;
    cJSON *without; /* the body if the program ends first; NULL: then it is refused */
    struct change change;
};

void forward_refusal(struct session *session, const struct client_ticket *ticket,
                     const struct runtime_reply *reply) {
    if (strcmp(reply->message, "notStopped") == 0)
        client_refuse(&session->client, ticket, ERROR_WRONG_STATE, "notStopped",
                      "The program is running; pause it first");
    else if (strcmp(reply->message, "cancelled") == 0)
        client_refuse(&session->client, ticket, ERROR_CANCELLED, "cancelled",
                      "The request was cancelled");
    else
        client_refuse(&session->client, ticket, reply->ended ? ERROR_PROGRAM_ENDED : ERROR_RUNTIME,
                      NULL, reply->message);
}

static void on_reply(void *data, struct runtime_reply *reply) {
    struct forwarded *forwarded = data;
    struct session *session = forwarded->session;
    pending_remove(session, &forwarded->pending);
    if (reply->ended && forwarded->without != NULL) {
        client_respond(&session->client, &forwarded->ticket, forwarded->without);
        forwarded->without = NULL;
    } else if (reply->success) {
        client_hold(&session->client); /* events come after the answer they come from */
        if (forwarded->amend != NULL && reply->body != NULL)
            forwarded->amend(session, reply->body);
        client_respond(&session->client, &forwarded->ticket, reply->body);
        reply->body = NULL;
        changes_tell(session, &forwarded->change);
        client_release(&session->client);
    } else {
        forward_refusal(session, &forwarded->ticket, reply);
    }
    change_finish(&forwarded->change);
    cJSON_Delete(forwarded->without);
    free(forwarded);
}

void forward_with(struct session *session, const struct request *request, cJSON *arguments,
                  forward_amend_function *amend, cJSON *without) {
    struct forwarded *forwarded = alloc_zeroed(1, sizeof *forwarded);
    *forwarded = (struct forwarded){.session = session,
                                    .ticket = request->ticket,
                                    .amend = amend,
                                    .without = without,
                                    .change = changes_of(session, request)};
    pending_add(session, &forwarded->pending, &request->ticket);
    runtime_link_send(&session->link, request->ticket.command, arguments, on_reply, forwarded);
}

void forward_amended(struct session *session, struct request *request,
                     forward_amend_function *amend) {
    const struct contract_request *contract = contract_find_request(request->ticket.command);
    const cJSON *arguments = request->arguments.object;
    char problem[CONTRACT_PROBLEM_BYTES];
    if (contract_check(contract->arguments, arguments, problem))
        forward_with(session, request, cJSON_Duplicate(arguments, true), amend, NULL);
    else
        arguments_reject(&request->arguments, "%s", problem);
}

void forward(struct session *session, struct request *request) {
    forward_amended(session, request, NULL);
}
