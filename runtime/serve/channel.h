/* SPDX-License-Identifier: MIT */
/*
 * channel: messages over the link's socket, a JSON object a line. Knows nothing of what they say.
 *
 * The program may close descriptors that it does not know, ours among them, and the number may
 * become a file of its own: nothing is ever read from or written to what is not our socket any
 * more.
 */
#ifndef LUAHEAT_SERVE_CHANNEL_H
#define LUAHEAT_SERVE_CHANNEL_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct channel {
    int fd;       /* -1: there is no link */
    dev_t device; /* what it was at first */
    ino_t inode;
    int patience_ms; /* what the other side gets while the program waits for it: to take what is
                        sent, to say what is expected; then it is as good as gone. 0: any time */
    char *buffer;    /* what has come and was not a whole line yet */
    size_t size, room;
    size_t searched; /* no line end before this */
    bool closed;     /* nothing comes or goes any more: the other side is gone */
    bool lost;       /* or the program has taken our end */
};

void channel_init(struct channel *channel, int fd);
void channel_finish(struct channel *channel);

/* This is a child of the program: its copy of the socket must not keep the link open. */
void channel_forked(struct channel *channel);

/* Takes the message over and sends it; blocks until it is out, or the other side's patience_ms are
   over, in which it has taken nothing. If it is gone: nothing.
   What would be longer than LINK_MESSAGE_BYTES does not go: in the place of an answer goes one that
   says so, in that of an event one without a body. */
void channel_send(struct channel *channel, cJSON *message);

/* The next message, the caller's to delete; NULL: none now (`wait` false), or closed. Lines that
   are no JSON object are skipped: they would be the adapter's fault. */
cJSON *channel_receive(struct channel *channel, bool wait);

/* The program waits for what the other side is to say: until something has come, for patience_ms at
   most; then the channel is closed. Without such it does not wait. */
void channel_expect(struct channel *channel);

/* Adds a text that may hold any bytes, and be of any length: it becomes valid UTF-8, and the
   beginning of a long one is all that is told. */
void channel_add_text(cJSON *object, const char *name, const char *text);

#endif
