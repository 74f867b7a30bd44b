/* SPDX-License-Identifier: MIT */
/*
 * diff_options: the words behind `luaheat diff`.
 */
#ifndef LUAHEAT_DIFF_OPTIONS_H
#define LUAHEAT_DIFF_OPTIONS_H

#include "complain.h"
#include "diff_limits.h"
#include "manual.h"

struct diff_options {
    bool help; /* nothing else counts then */
    enum column_id sort;
    enum manual_format format;
    size_t top; /* 0: all */
    struct diff_limits limits;
    const char *files[2]; /* before, after */
};

enum { DIFF_TABLE_ROWS = 20 };

/* argv[0] is "diff", argv[argc] NULL. 0, or -EINVAL with a complaint for the user; end with
   diff_options_finish() either way. The strings stay argv's. Not reentrant: it uses getopt. */
int diff_options_parse(struct diff_options *options, int argc, char **argv,
                       char complaint[COMPLAINT_BYTES]);
void diff_options_finish(struct diff_options *options);

#endif
