/* SPDX-License-Identifier: MIT */
/*
 * log: what went over the wires, for whoever has to find out who said what: a line per message,
 * with the time, the channel and the direction. Never on stdout. The client's token is left out
 * (masked.h).
 */
#ifndef LUAHEAT_DAP_LOG_H
#define LUAHEAT_DAP_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum log_channel {
    LOG_DAP = 1,  /* to and from the client */
    LOG_LINK = 2, /* to and from the runtime */
    LOG_ALL = 3,
};

struct log {
    FILE *file;    /* NULL: nothing is logged */
    bool terminal; /* what came over the wires may hold anything: it is made safe for one */
    unsigned channels;
    unsigned session; /* of several that write to one log, which; 0: there is one */
    int64_t start_ns;
};

/* "dap,link" -> channels; 0 or -EINVAL. */
int log_channels_parse(const char *words, unsigned *channels);

/* path "-": stderr. 0 or a negative errno. A log that is all zero logs nothing. */
int log_open(struct log *log, const char *path, unsigned channels);
void log_close(struct log *log);

void log_received(struct log *log, enum log_channel channel, const char *bytes, size_t size);
void log_sent(struct log *log, enum log_channel channel, const char *bytes, size_t size);

/* What we make of it: a message that was skipped, and why. */
void log_remark(struct log *log, enum log_channel channel, const char *text);

#endif
