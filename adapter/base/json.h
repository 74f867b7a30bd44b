/* SPDX-License-Identifier: MIT */
/*
 * json: a JSON document written piece by piece as it is said, by yajl: of a large one nothing is
 * kept. Commas, colons and quotes come by themselves, and nothing stands between two pieces but
 * where json_line() asks for it.
 *
 * Messages are another thing: those are trees (cJSON), which are read as well.
 */
#ifndef LUAHEAT_BASE_JSON_H
#define LUAHEAT_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_generator;

struct json {
    FILE *file;
    struct json_generator *generator;
    bool breaks; /* what comes next begins a line */
    int error;   /* a negative errno: from then on nothing is written */
};

/* The file stays the caller's, and no other thread may write to it before the end. */
void json_begin(struct json *json, FILE *file);

/* What should come next cannot be had, for this error. */
void json_fail(struct json *json, int error);

/* The document is whole, or has failed: its error. Whether it has arrived is for the file to say
   (flushed.h). */
int json_finish(struct json *json);

void json_begin_object(struct json *json);
void json_end_object(struct json *json);
void json_begin_array(struct json *json);
void json_end_array(struct json *json);

/* Of the member that comes next, in an object. */
void json_name(struct json *json, const char *name);

/* Valid UTF-8 (text.h). NULL is no text because memory is out. */
void json_text(struct json *json, const char *text);

/* Digit by digit: no double is in between. */
void json_unsigned(struct json *json, uint64_t number);
void json_signed(struct json *json, int64_t number);

/* A value that is written already. */
void json_raw(struct json *json, const char *value);

/* A member, its name and its value. */
void json_member_text(struct json *json, const char *name, const char *text);
void json_member_unsigned(struct json *json, const char *name, uint64_t number);
void json_member_signed(struct json *json, const char *name, int64_t number);
void json_member_object(struct json *json, const char *name);
void json_member_array(struct json *json, const char *name);

/* The element, name or closing bracket that comes next begins a line of its own. */
void json_line(struct json *json);

#endif
