/* SPDX-License-Identifier: MIT */
/*
 * runtime_link: our end of the link to the runtime (link/link.h). Sends commands, gives each answer
 * to the function that waits for it, and the events to the owner. Does not know what they mean.
 *
 * Invariant: every command gets exactly one answer; those still waiting when the link ends get a
 * failure.
 */
#ifndef LUAHEAT_DAP_RUNTIME_LINK_H
#define LUAHEAT_DAP_RUNTIME_LINK_H

#include "array.h"
#include "log.h"
#include "loop_handles.h"

#include <cJSON.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

struct runtime_reply {
    bool success;
    bool ended;          /* not an answer: the link has ended */
    const char *message; /* why not; "" on success */
    cJSON *body;         /* may be taken (then set it to NULL); may be NULL */
    const char *text;    /* in its place, if that was wanted and the answer is good: valid until */
    size_t text_size;    /* anything is done with the link */
};

typedef void runtime_reply_function(void *data, struct runtime_reply *reply);

/* The body is the callee's to read only; may be NULL. */
typedef void runtime_event_function(void *data, const char *event, const cJSON *body);

/* What becomes of messages that are sent. */
struct runtime_link_watcher {
    void (*on_begin)(void *data); /* one is on its way, and waits for its answer */
    void (*on_sent)(void *data);  /* one can be read */
    void (*on_end)(void *data);   /* the runtime has ended the conversation */
    void *data;
};

struct runtime_link {
    uv_pipe_t pipe;
    struct loop_handles *handles;
    struct log *log;
    runtime_event_function *on_event;
    void *data;
    struct runtime_link_watcher watcher; /* may have no functions */
    bool open;
    int64_t seq;
    struct waiting *first, *last; /* commands without an answer yet, in the order they were sent */
    ARRAY(char) received;         /* `taken` of them are handled, */
    size_t taken, searched;       /* and so many hold no end of a line */
    char chunk[65536];
};

/* The pipe may then be given to debuggee_start(). */
int runtime_link_init(struct runtime_link *link, struct loop_handles *handles, struct log *log,
                      runtime_event_function *on_event, void *data);

/* Starts reading, once the pipe is connected. */
void runtime_link_start(struct runtime_link *link);

/* Takes arguments (may be NULL), of which it sends what stands in the contract (link/contract.h)
   and which must be as that wants them. on_reply may be NULL: nobody cares. On a link that is not
   open the answer comes at once. */
void runtime_link_send(struct runtime_link *link, const char *command, cJSON *arguments,
                       runtime_reply_function *on_reply, void *data);

/* The same for who can pass the answer's body on as the text that it is. */
void runtime_link_send_for_text(struct runtime_link *link, const char *command, cJSON *arguments,
                                runtime_reply_function *on_reply, void *data);

/* The number of the command that has waited for its answer longest; 0: none does. */
int64_t runtime_link_waiting(const struct runtime_link *link);

/* The number that the next command sent will have on the link. */
int64_t runtime_link_next_seq(const struct runtime_link *link);

/* Handles what has already arrived, without waiting. */
void runtime_link_drain(struct runtime_link *link);

/* Ends the conversation (the runtime then ends the program, if it still runs) and fails what still
   waits. May be called again, and without init (all zero). */
void runtime_link_close(struct runtime_link *link);

#endif
