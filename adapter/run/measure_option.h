/* SPDX-License-Identifier: MIT */
/*
 * measure_option: what --measure asks for, and how the runtime is told.
 *
 *   NAME=FILE:LINE              laps: a window from each time the program comes to the line to the
 *                               next
 *   NAME=FILE:LINE..FILE:LINE   a window from the first line to the second
 */
#ifndef LUAHEAT_ADAPTER_MEASURE_OPTION_H
#define LUAHEAT_ADAPTER_MEASURE_OPTION_H

#include "complain.h"
#include "file_line.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct told_options;

enum { MEASURE_OPTION_MOST = 64 };

struct measure_option {
    char *name;
    struct file_line from, to; /* absolute paths; to.path NULL: laps */
};

/* 0, or -EINVAL with a complaint for the user: the words are not understood, or there is no such
   file. End with measure_option_finish() if it was 0. */
int measure_option_parse(struct measure_option *option, const char *words,
                         char complaint[COMPLAINT_BYTES]);
void measure_option_finish(struct measure_option *option);

/* What LINK_ENV_MEASURE has to say. The caller's to free(); NULL if memory is out. */
char *measure_option_json(const struct measure_option *options, size_t count, bool collect,
                          uint64_t warmup, const struct told_options *told);

#endif
