/* SPDX-License-Identifier: MIT */
/*
 * framing: cuts a stream of bytes into the bodies of messages, each after a header
 * `Content-Length: N\r\n\r\n`. Knows no JSON and does no input or output.
 *
 * It sends the header exactly so, and accepts more: `\n` for `\r\n`, any case, blanks, other
 * headers. What is no header is reported once and then passed over up to the next `Content-Length:
 * N` line wherever it starts. No valid JSON body can hold such a line (its strings hold no raw line
 * ends), so the search never takes one out of a good message. Hence a wrong length costs the
 * messages it cut, no more.
 */
#ifndef LUAHEAT_DAP_FRAMING_H
#define LUAHEAT_DAP_FRAMING_H

#include <stdbool.h>
#include <stddef.h>

#define FRAMING_HEADER_BYTES 8192
#define FRAMING_BODY_BYTES (64u << 20)

struct framing {
    char *bytes; /* received and not yet consumed: from start to end */
    size_t start, end, capacity;
    size_t body;         /* size of the body that start stands at, while in_body */
    bool in_body;        /* a header has been read */
    bool unwanted;       /* the body is to be dropped: an HTTP client's */
    bool searching;      /* for the next header */
    size_t returned;     /* where the message last returned began */
    char *authorization; /* of the header read last, NUL-terminated; NULL: it has none */
};

enum framing_result {
    FRAMING_WANTS_MORE, /* nothing to return until more bytes arrive */
    FRAMING_MESSAGE,    /* *body and *size are a message's body */
    FRAMING_PROBLEM     /* *problem says what was not understood; passed over */
};

struct framing_frame {
    const char *body; /* not NUL-terminated; valid until the next call */
    size_t size;
    const char *problem;       /* a constant text */
    bool too_large;            /* the problem: a good header, but a message too large to be read */
    const char *authorization; /* what the header line of that name says; NULL: there is none */
};

void framing_init(struct framing *framing);
void framing_finish(struct framing *framing);

/* Adds received bytes. */
void framing_feed(struct framing *framing, const char *bytes, size_t size);

/* The next thing in the stream; to be called until it wants more. */
enum framing_result framing_next(struct framing *framing, struct framing_frame *frame);

/* The body just returned was no JSON, so its length may be wrong: looks for a header in it. */
void framing_distrust(struct framing *framing);

#endif
