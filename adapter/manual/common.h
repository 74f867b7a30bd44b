/* SPDX-License-Identifier: MIT */
/*
 * common: what the entries of several commands say in the same words.
 */
#ifndef LUAHEAT_MANUAL_COMMON_H
#define LUAHEAT_MANUAL_COMMON_H

#include "manual.h"

#define COMMON_TOP                                                                                 \
    {                                                                                              \
        .key = 't', .name = "top", .argument = "N", .value = {MANUAL_NUMBER},                      \
        .text =                                                                                    \
            "the first N lines only; 0: all. A table shows 20 unless told otherwise, json and "    \
            "csv everything"                                                                       \
    }

#define COMMON_FORMAT                                                                              \
    {                                                                                              \
        .key = 'f', .name = "format", .argument = "FORM",                                          \
        .value = {MANUAL_WORD, .words = common_formats},                                           \
        .text = "the form of the report: table (default), json or csv"                             \
    }

#define COMMON_HELP                                                                                \
    { .key = 'h', .letter = true, .name = "help", .text = "this help" }
#define COMMON_END                                                                                 \
    { .name = "", .text = "ends the options" }

#define COMMON_SIZES                                                                               \
    "MOST is a size: 500, 64KB, 1.5MB, 1GB (powers of 1000) or 64KiB, 1MiB, 1GiB (powers of "      \
    "1024); of allocations it is their number. Broken limits are told on standard error."

/* Of --format and --sort, as words.h, lines.h and figure.h take them. */
extern const char *const common_formats[], *const common_orders[];

#endif
