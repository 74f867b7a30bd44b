/* SPDX-License-Identifier: MIT */
/*
 * run_options: the words behind `luaheat run`. Everything from the script's name on is the
 * script's.
 */
#ifndef LUAHEAT_ADAPTER_RUN_OPTIONS_H
#define LUAHEAT_ADAPTER_RUN_OPTIONS_H

#include "complain.h"
#include "export.h"
#include "lines.h"
#include "manual.h"
#include "measure_option.h"
#include "run_limits.h"
#include "told.h"

#include <stdbool.h>
#include <stddef.h>

enum { RUN_EXPORTS = 16 };

/* --export FORMAT=FILE */
struct export_option {
    const struct export_format *format;
    const char *file; /* "-": standard output */
};

struct run_options {
    bool help; /* nothing else counts then */
    enum column_id sort;
    enum manual_format format;
    size_t top;         /* 0: all */
    const char *output; /* NULL: standard error; "-": standard output */
    struct run_limits limits;
    struct measure_option measures[MEASURE_OPTION_MOST];
    size_t measure_count;
    struct export_option exports[RUN_EXPORTS];
    size_t export_count;
    struct told_options told;
    size_t warmup;       /* so many first windows do not count */
    const char *library; /* of Lua, to run on instead of luaheat-lua's own; NULL: that */
    bool host;           /* a program that is not luaheat-lua is run, not a script */
    const char *stacks;  /* a word of LINK_ENV_SAMPLING's; NULL: as the environment says */
    bool collect;        /* before each window opens and closes */
    const char *script;  /* "-": standard input; or the program's name, to be found in PATH */
    char **arguments;    /* script and what follows it, NULL-terminated; part of argv */
};

enum { RUN_TABLE_ROWS = 20 };

/* argv[0] is "run", argv[argc] NULL. 0, or -EINVAL with a complaint for the user; end with
   run_options_finish() either way. The strings stay argv's. Not reentrant: it uses getopt. */
int run_options_parse(struct run_options *options, int argc, char **argv,
                      char complaint[COMPLAINT_BYTES]);
void run_options_finish(struct run_options *options);

#endif
