/* SPDX-License-Identifier: MIT */
#include "log.h"

#include "clock.h"
#include "masked.h"
#include "screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned channel_parse(const char *word, size_t size) {
    if (size == 3 && memcmp(word, "dap", size) == 0)
        return LOG_DAP;
    return size == 4 && memcmp(word, "link", size) == 0 ? LOG_LINK : 0;
}

int log_channels_parse(const char *words, unsigned *channels) {
    *channels = 0;
    for (;;) {
        size_t size = strcspn(words, ",");
        unsigned channel = channel_parse(words, size);
        if (channel == 0)
            return -EINVAL;
        *channels |= channel;
        if (words[size] == '\0')
            return 0;
        words += size + 1;
    }
}

int log_open(struct log *log, const char *path, unsigned channels) {
    *log = (struct log){.channels = channels, .start_ns = clock_ns()};
    log->file = strcmp(path, "-") == 0 ? stderr : fopen(path, "we");
    if (log->file == NULL)
        return -errno;
    log->terminal = isatty(fileno(log->file));
    setvbuf(log->file, NULL, _IOLBF, 0);
    return 0;
}

void log_close(struct log *log) {
    if (log->file != NULL && log->file != stderr)
        fclose(log->file);
    log->file = NULL;
}

static void write_safe(FILE *file, const char *bytes, size_t size) {
    char *safe = screen_escape(bytes, size);
    if (safe != NULL)
        fputs(safe, file);
    free(safe);
}

/* A message is one line already, unless it is junk. */
static void write_line(struct log *log, enum log_channel channel, const char *mark,
                       const char *bytes, size_t size) {
    if (log->file == NULL || !(log->channels & channel))
        return;
    uint64_t us = (uint64_t)(clock_ns() - log->start_ns) / 1000;
    char session[16] = "";
    if (log->session != 0)
        snprintf(session, sizeof session, "#%u ", log->session);
    fprintf(log->file, "%llu.%06llu %s%s %s ", (unsigned long long)(us / 1000000),
            (unsigned long long)(us % 1000000), session, channel == LOG_DAP ? "dap" : "link", mark);
    if (log->terminal)
        write_safe(log->file, bytes, size);
    for (size_t i = 0; i < size && !log->terminal; i++)
        putc(bytes[i] == '\n' || bytes[i] == '\r' ? ' ' : bytes[i], log->file);
    putc('\n', log->file);
}

void log_received(struct log *log, enum log_channel channel, const char *bytes, size_t size) {
    char *masked = log->file != NULL && channel == LOG_DAP ? masked_copy(bytes, size) : NULL;
    const char *shown = masked != NULL ? masked : bytes;
    write_line(log, channel, "->", shown, masked != NULL ? strlen(masked) : size);
    free(masked);
}

void log_sent(struct log *log, enum log_channel channel, const char *bytes, size_t size) {
    write_line(log, channel, "<-", bytes, size);
}

void log_remark(struct log *log, enum log_channel channel, const char *text) {
    write_line(log, channel, "!!", text, strlen(text));
}
