/* SPDX-License-Identifier: MIT */
/*
 * told: what the script is to tell before it ends, --why and --largest, and what it has told, by
 * memory that both share (link/link.h).
 */
#ifndef LUAHEAT_ADAPTER_TOLD_H
#define LUAHEAT_ADAPTER_TOLD_H

#include "why_option.h"

#include <cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* More rows of the largest are not told: the memory has an end. */
enum { TOLD_LARGEST = 100 };

/* All zero: nothing. */
struct told_options {
    struct why_option why;
    size_t largest;           /* rows */
    bool at_peak, has_moment; /* --why-at */
};

/* 0, or -EINVAL with a complaint. */
int told_set_largest(struct told_options *options, size_t rows, char complaint[COMPLAINT_BYTES]);
void told_set_moment(struct told_options *options, const char *word);
bool told_is_asked(const struct told_options *options);

/* "end" or "peak" */
const char *told_moment(const struct told_options *options);

/* Adds what is asked to the arguments of setMeasuring. False if memory is out. */
bool told_ask(cJSON *measuring, const struct told_options *options);

/* The memory has LINK_ANSWER_BYTES. An object, the caller's to delete; NULL: nothing was told, or
   memory is out. */
cJSON *told_read(const char *memory);

#endif
