/* SPDX-License-Identifier: MIT */
/*
 * limit: the most that a figure may be: "heap=64MB", "src/player.lua:42=1KB",
 * "src/player.lua:42:allocations=1000". What can be limited of lines is a list of columns.h.
 */
#ifndef LUAHEAT_ADAPTER_LIMIT_H
#define LUAHEAT_ADAPTER_LIMIT_H

#include "interpreter.h"
#include "lines.h"
#include "measured_settings.h"

#include <stdbool.h>
#include <stdint.h>

/* What a limit is held to. */
struct limit_run {
    const struct figures *figures;
    const struct lines *lines;
    const struct measured_settings *measuring;
};

struct limit_whole;

struct limit {
    const char *words;     /* as the user wrote it, who keeps it */
    bool of_suspects;      /* it is the name of a measurement, which is to have no suspects */
    enum column_id column; /* of its line, or of all lines together */
    const struct limit_whole *whole; /* or what no line has; NULL: the column */
    int64_t most;
    char *file;    /* NULL: it limits the whole program */
    uint32_t line; /* 1-based */
    char *path;    /* of file, as lines_path() has it; NULL until limit_locate() */
};

/* 0, or -EINVAL with a complaint (COMPLAINT_BYTES); end with limit_finish() either way. */
int limit_parse(struct limit *limit, const char *words, char *complaint);
void limit_finish(struct limit *limit);

/* No line of the measurement of that name is suspected of a leak. */
struct limit limit_of_suspects(const char *name);

/* Before the program runs: is there such a line, and does it hold code? 0, or -EINVAL with a
 * complaint. */
int limit_locate(struct limit *limit, const struct interpreter *interpreter, char *complaint);

/* Is there anything that it could be broken by? NULL, or why not: not one line of its file has
   figures, no window of its measurement can be judged. */
const char *limit_idles(const struct limit *limit, const struct limit_run *run);

/* "bytes of growth": what stands behind the number. */
const char *limit_amount(const struct limit *limit);

/* The limited figure. */
int64_t limit_value(const struct limit *limit, const struct limit_run *run);

#endif
