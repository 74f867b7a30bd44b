/* SPDX-License-Identifier: MIT */
/*
 * admission: what stands between a connection that anybody may have made and a session. Until it
 * has been passed, nothing is answered but `initialize`, nothing is kept and nothing is started.
 *
 * Without a token the first request must be `initialize`, which is the admission: whoever may
 * connect has been found out before (listen/listener.h). With one, the client gives it in a header
 * line `Authorization: Bearer TOKEN` of a message, or as the attribute `token` of initialize,
 * launch or attach, as most editors cannot send headers. The event `initialized` waits for it, so
 * that a client says nothing of its breakpoints before.
 *
 * What no client of DAP says ends the connection, above all a browser's: a page on the web can make
 * one connect to whatever listens on its machine, but cannot keep HTTP out of what it sends.
 */
#ifndef LUAHEAT_DAP_ADMISSION_H
#define LUAHEAT_DAP_ADMISSION_H

#include "message.h"

#include <stdbool.h>
#include <stddef.h>

/* What a connection gets until it must have been admitted: time, and bytes it may send. */
enum { ADMISSION_MS = 10000, ADMISSION_BYTES = 1 << 20 };

struct framing_frame;
struct token;

struct admission {
    const struct token *token;       /* NULL: none is wanted */
    const char *turned_away;         /* why nobody is admitted now; NULL: somebody may be */
    void (*on_admitted)(void *data); /* may be NULL */
    void *data;
    bool passed;
    bool heard;      /* something is answered, be it a refusal */
    size_t received; /* bytes, so far */
};

enum admission_verdict {
    ADMISSION_PASSES,  /* the message may be handled; look at `passed` */
    ADMISSION_REFUSED, /* answer its request with *problem and end the connection */
    ADMISSION_ENDED,   /* end the connection without a word; *problem is for the log */
};

/* Counts what has been received. False: it is too much for one who has not been admitted. */
bool admission_receive(struct admission *admission, size_t size);

/* Judges a message of somebody who has not been admitted; may admit him. */
enum admission_verdict admission_judge(struct admission *admission,
                                       const struct framing_frame *frame,
                                       enum message_verdict verdict, const struct message *message,
                                       const char **problem);

#endif
