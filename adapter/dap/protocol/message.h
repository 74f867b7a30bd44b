/* SPDX-License-Identifier: MIT */
/*
 * message: the body of one message from the client, checked as far as that needs no knowledge of
 * requests: is it JSON, an object, a request or a response, with fields of the right types?
 */
#ifndef LUAHEAT_DAP_MESSAGE_H
#define LUAHEAT_DAP_MESSAGE_H

#include <cJSON.h>
#include <stdbool.h>
#include <stdint.h>

/* The largest integer that JSON's numbers hold exactly. */
#define MESSAGE_MAX_INTEGER ((int64_t)1 << 53)

enum message_verdict {
    MESSAGE_REQUEST,  /* seq, command and arguments are good */
    MESSAGE_RESPONSE, /* to what we have asked: seq is that of our request */
    MESSAGE_BAD,      /* seq is good, and `problem` can be answered to it */
    MESSAGE_SKIPPED,  /* there is nothing to answer to; `problem` is for the log */
    MESSAGE_NOT_JSON, /* the same, and the length in the header may be wrong */
};

struct message {
    int64_t seq;
    const char *command; /* "" if it has none */
    cJSON *arguments;    /* an object or NULL */
    bool success;        /* of a response: else `refusal` */
    const char *refusal; /* "" if it gives no reason */
    const cJSON *body;   /* of a response: an object or NULL */
    const char *problem;
    cJSON *json; /* owns the above */
    char *flaw;  /* or this the problem, if the text itself has one: body.h */
};

/* End with message_finish() whatever the verdict. */
enum message_verdict message_read(struct message *message, const char *body, size_t size);
void message_finish(struct message *message);

/* The number as an integer, if it is one of at most 2^53 either way. */
bool message_integer(const cJSON *number, int64_t *integer);

#endif
