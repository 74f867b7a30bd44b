/* SPDX-License-Identifier: MIT */
/*
 * limit: the most that a figure may be: "heap=64MB", "src/player.lua:42=1KB",
 * "src/player.lua:42:allocations=1000". What can be limited is one table, limit_figures.
 */
#ifndef LUAHEAT_ADAPTER_LIMIT_H
#define LUAHEAT_ADAPTER_LIMIT_H

#include "lines.h"

#include <stdbool.h>
#include <stdint.h>

struct limit_figure {
    const char *name;
    const char *value;                                /* "bytes allocated" */
    bool counts;                                      /* events, not bytes */
    int64_t (*of_line)(const struct lines_row *row);  /* NULL: lines do not have it */
    int64_t (*of_program)(const struct lines *lines); /* NULL: the whole program has not */
};

struct limit {
    const char *words; /* as the user wrote it, who keeps it */
    const struct limit_figure *figure;
    int64_t most;
    char *file;    /* NULL: it limits the whole program */
    uint32_t line; /* 1-based */
    char *path;    /* of file, as lines_path() has it; NULL until limit_locate() */
};

/* 0, or -EINVAL with a complaint (COMPLAINT_BYTES); end with limit_finish() either way. */
int limit_parse(struct limit *limit, const char *words, char *complaint);
void limit_finish(struct limit *limit);

/* Before the program runs: is there such a line, and does it hold code? interpreter: luaheat-lua.
   0, or -EINVAL with a complaint. */
int limit_locate(struct limit *limit, const char *interpreter, char *complaint);

/* Whether the program ran anything of the limit's file: false if not one of its lines has figures.
   True of what has no file. */
bool limit_guards(const struct limit *limit, const struct figures *figures,
                  const struct lines *lines);

/* The limited figure. */
int64_t limit_value(const struct limit *limit, const struct figures *figures,
                    const struct lines *lines);

#endif
