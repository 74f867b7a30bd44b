/* SPDX-License-Identifier: MIT */
/*
 * forward: requests that the runtime answers, in DAP's own words.
 */
#ifndef LUAHEAT_DAP_FORWARD_H
#define LUAHEAT_DAP_FORWARD_H

#include "request.h"
#include "runtime_link.h"

/* Changes the body of a good answer before it goes to the client. */
typedef void forward_amend_function(struct session *session, cJSON *body);

/* Sends the request's command and arguments to the runtime, and its answer to the client; or
   rejects the arguments, if the contract of the link (link/contract.h) wants others. A request of
   which that is all has it as its function. */
void forward(struct session *session, struct request *request);

/* The same, and amends the answer. amend may be NULL. */
void forward_amended(struct session *session, struct request *request,
                     forward_amend_function *amend);

/* Sends other arguments, which the contract must allow. `without`: of a request that is legal
   without a program too the answer it has then, which is given if the program ends before it has
   answered (a launch fails, say); NULL: it is refused. Takes both. */
void forward_with(struct session *session, const struct request *request, cJSON *arguments,
                  forward_amend_function *amend, cJSON *without);

/* Tells the client why the runtime did not do what it was asked. */
void forward_refusal(struct session *session, const struct client_ticket *ticket,
                     const struct runtime_reply *reply);

#endif
