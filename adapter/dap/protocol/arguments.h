/* SPDX-License-Identifier: MIT */
/*
 * arguments: reads the arguments of a request by name, with the type they must have.
 *
 * A reader that finds something wrong notes it in words for the user and returns its fallback, so a
 * request reads all it needs and looks at `problem` once. Only the first problem is kept. A field
 * that is null counts as absent, at any depth: it is taken out before anybody reads
 * (arguments_drop_nulls).
 *
 * What nobody has asked for is what is not known (program/unknown_attributes.h): so there is no
 * list of names beside the readers. Names are constants.
 */
#ifndef LUAHEAT_DAP_ARGUMENTS_H
#define LUAHEAT_DAP_ARGUMENTS_H

#include "errors.h"

#include <cJSON.h>
#include <stdbool.h>
#include <stdint.h>

/* So many names at most are asked of one object. */
#define ARGUMENTS_NAMES 64

/* DAP's ids and references are 32-bit integers. */
#define ARGUMENTS_MAX_ID INT32_MAX

struct arguments {
    const cJSON *object; /* NULL: none were sent */
    char *problem;
    enum error_id error;                /* what a problem is to be answered as */
    const char *names[ARGUMENTS_NAMES]; /* that have been asked for so far, each once */
    size_t name_count;
};

/* Takes out all members that are null; but for those of an `env`, where null removes a variable. */
void arguments_drop_nulls(cJSON *json);

struct arguments arguments_of(const cJSON *object);
void arguments_finish(struct arguments *arguments);

/* Strings and JSON returned live as long as the object. */
const cJSON *arguments_any(struct arguments *arguments,
                           const char *name); /* of any type; or NULL */
const char *arguments_string(struct arguments *arguments, const char *name, const char *fallback);
bool arguments_flag(struct arguments *arguments, const char *name, bool fallback);
int64_t arguments_integer(struct arguments *arguments, const char *name, int64_t fallback,
                          int64_t min, int64_t max);
const cJSON *arguments_object(struct arguments *arguments, const char *name); /* or NULL */
const cJSON *arguments_array(struct arguments *arguments, const char *name);  /* or NULL */

/* These must be there: "" and 0 only together with a problem. */
const char *arguments_required_string(struct arguments *arguments, const char *name);
int64_t arguments_required_id(struct arguments *arguments, const char *name);

/* Must be there too, and not less than `least`: a number of bytes, or a text such as the example,
   "64MB". */
int64_t arguments_required_bytes(struct arguments *arguments, const char *name, int64_t least,
                                 const char *example);

/* Notes a problem. The text may hold the user's strings but must not cut them (UTF-8). */
void arguments_reject(struct arguments *arguments, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
