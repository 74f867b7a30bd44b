/* SPDX-License-Identifier: MIT */
/*
 * entries: what the entries of several commands say in the same words.
 */
#ifndef LUAHEAT_MANUAL_ENTRIES_H
#define LUAHEAT_MANUAL_ENTRIES_H

#include "manual.h"

#define ENTRIES_TOP                                                                                \
    {                                                                                              \
        .key = 't', .name = "top", .argument = "N", .value = {MANUAL_NUMBER},                      \
        .text =                                                                                    \
            "the first N lines only; 0: all. A table shows 20 unless told otherwise, json and "    \
            "csv everything"                                                                       \
    }

#define ENTRIES_FORMAT                                                                             \
    {                                                                                              \
        .key = 'f', .name = "format", .argument = "FORM",                                          \
        .value = {MANUAL_WORD, .words = manual_formats},                                           \
        .text = "the form of the report: table (default), json or csv"                             \
    }

#define ENTRIES_HELP                                                                               \
    { .key = 'h', .letter = true, .name = "help", .text = "this help" }
#define ENTRIES_END                                                                                \
    { .name = "", .text = "ends the options" }

#define ENTRIES_SIZES                                                                              \
    "MOST is a size: 500, 64KB, 1.5MB, 1GB (powers of 1000) or 64KiB, 1MiB, 1GiB (powers of "      \
    "1024); of allocations and objects it is their number. Broken limits are told on standard "    \
    "error."

/* Of --sort. */
extern const char *const entries_orders[];

#endif
