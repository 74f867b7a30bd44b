/* SPDX-License-Identifier: MIT */
/*
 * client: what we say to the client: responses, events and requests of our own, numbered and in the
 * right order. Does no input or output: finished messages go to a function.
 *
 * Order: events raised while a request is handled (between client_hold and client_release) go out
 * after what was answered meanwhile. Everything else goes out as it comes.
 *
 * Each request of ours is answered once, or forgotten, or never because the client has gone.
 */
#ifndef LUAHEAT_DAP_CLIENT_H
#define LUAHEAT_DAP_CLIENT_H

#include "errors.h"
#include "message.h"
#include "positions.h"
#include "source_paths.h"

#include <cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than this on its way to the client, and what can wait does. */
#define CLIENT_QUEUE_BYTES (128u << 10)

/* So many events `output` more than it has shown, of a client that says what it has. */
#define CLIENT_OUTPUTS 8

/* Takes one message, header included; to be free()d. Its body has at most FRAMING_BODY_BYTES. */
typedef void client_send_function(void *data, char *bytes, size_t size);

/* How many bytes wait for the client to read. */
typedef size_t client_queued_function(void *data);

/* What the client said in `initialize` that it can do with. Nothing that needs one is sent to a
   client without it. */
struct client_features {
    bool progress;    /* supportsProgressReporting */
    bool invalidated; /* supportsInvalidatedEvent */
    bool memory;      /* supportsMemoryEvent */
    bool ansi;        /* supportsANSIStyling */
    bool terminals;   /* supportsRunInTerminalRequest */
    bool sessions;    /* supportsStartDebuggingRequest */
};

/* What the client says to a request of ours. Its strings and JSON live as long as the call. */
struct client_reply {
    bool success;
    const char *message; /* why not; never empty then */
    const cJSON *body;   /* NULL: none */
};

typedef void client_reply_function(void *data, const struct client_reply *reply);

struct client_question;

struct client {
    client_send_function *send;
    client_queued_function *queued; /* NULL: nothing ever waits */
    void *data;
    int64_t seq; /* of the last message sent */
    struct positions positions;
    struct source_paths paths;
    struct client_features features;
    bool holding, muted;
    struct {
        bool told; /* the client tells how many it has shown */
        int64_t sent, shown;
    } outputs;
    cJSON *held;                       /* events, in order */
    struct client_question *questions; /* without an answer yet */
};

/* Whom an answer is for. */
struct client_ticket {
    int64_t seq;
    const char *command; /* of a constant table, or alive until answered */
};

void client_init(struct client *client, client_send_function *send, void *data);
void client_finish(struct client *client);

/* Bodies are taken; NULL: none. */
void client_respond(struct client *client, const struct client_ticket *ticket, cJSON *body);

/* The same with a body that is written already, an object; only if nothing in it has to be put
   differently for this client. */
bool client_takes_text(const struct client *client);
void client_respond_text(struct client *client, const struct client_ticket *ticket,
                         const char *body, size_t size);
void client_event(struct client *client, const char *event, cJSON *body);

/* An error. `word` is DAP's short one ("notStopped"); NULL: the text serves as both. */
void client_refuse(struct client *client, const struct client_ticket *ticket, enum error_id id,
                   const char *word, const char *text);

/* The same, with an address that has more of it, and what to call that. */
void client_refuse_linked(struct client *client, const struct client_ticket *ticket,
                          enum error_id id, const char *text, const char *url, const char *label);

/* Asks the client for something, which must be among its features. Takes the arguments. */
void client_ask(struct client *client, const char *command, cJSON *arguments,
                client_reply_function *on_reply, void *data);

/* A message of verdict MESSAGE_RESPONSE has come. False: nobody waits for that. */
bool client_answered(struct client *client, const struct message *message);

/* Whatever has been asked with that data: nobody waits for it any more. */
void client_forget(struct client *client, const void *data);

void client_hold(struct client *client);
void client_release(struct client *client);

/* Nothing is sent any more. */
void client_mute(struct client *client);

/* Is the client so slow that what can wait should? */
bool client_is_congested(const struct client *client);

/* The same for what is printed: a client may read faster than it shows. */
bool client_is_behind(const struct client *client);

/* It has shown the first `count` events `output`. False: there are not as many. */
bool client_has_shown(struct client *client, int64_t count);

#endif
