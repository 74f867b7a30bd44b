/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "digits.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_gen.h>

enum {
    NUMBER_BYTES = 24,
    GENERATOR_DEPTH = YAJL_MAX_DEPTH - 1,
    GENERATOR_BYTES = 1024 /* all that one allocates: 608 here */
};

/* yajl does not look whether it got the memory that it asked for, and nests so deep only: it finds
   its memory here, and what is nested deeper is to it another document. */
struct json_generator {
    struct json_generator *outer;
    yajl_gen yajl;
    unsigned depth;
    size_t used;
    _Alignas(max_align_t) char memory[GENERATOR_BYTES];
};

/* ---- memory ---- */

static void *take(void *context, size_t size) {
    struct json_generator *generator = context;
    size_t at = generator->used, whole = sizeof(max_align_t);
    generator->used += (size + whole - 1) / whole * whole;
    assert(generator->used <= sizeof generator->memory);
    return generator->memory + at;
}

/* Is for buffers, which nobody uses here. */
static void *take_more(void *context, void *old, size_t size) {
    (void)context, (void)old, (void)size;
    assert(false);
    return NULL;
}

static void take_back(void *context, void *block) {
    (void)context, (void)block;
}

/* ---- generators ---- */

/* A comma ends the line that it is on. Nobody else writes to the file meanwhile. */
static void print(void *context, const char *bytes, size_t size) {
    struct json *json = context;
    if (json->breaks && *bytes != ',') {
        putc_unlocked('\n', json->file);
        json->breaks = false;
    }
    if (size == 1)
        putc_unlocked(*bytes, json->file); /* most are */
    else
        fwrite(bytes, 1, size, json->file);
}

static void begin_generator(struct json *json) {
    struct json_generator *generator = malloc(sizeof *generator);
    if (generator == NULL) {
        json_fail(json, -ENOMEM);
        return;
    }
    const yajl_alloc_funcs memory = {take, take_more, take_back, generator};
    *generator = (struct json_generator){.outer = json->generator};
    generator->yajl = yajl_gen_alloc(&memory);
    yajl_gen_config(generator->yajl, yajl_gen_print_callback, print, (void *)json);
    json->generator = generator;
}

static void end_generator(struct json *json) {
    struct json_generator *generator = json->generator;
    json->generator = generator->outer;
    yajl_gen_free(generator->yajl);
    free(generator);
}

static void check(yajl_gen_status status) {
    assert(status == yajl_gen_status_ok);
    (void)status;
}

void json_begin(struct json *json, FILE *file) {
    *json = (struct json){.file = file};
    begin_generator(json);
}

void json_fail(struct json *json, int error) {
    if (json->error == 0)
        json->error = error;
}

int json_finish(struct json *json) {
    while (json->generator != NULL)
        end_generator(json);
    return json->error;
}

/* ---- what is nested ---- */

static void begin(struct json *json, yajl_gen_status (*open)(yajl_gen)) {
    if (json->error == 0 && json->generator->depth == GENERATOR_DEPTH) {
        json_raw(json, ""); /* and behind it the other document */
        begin_generator(json);
    }
    if (json->error != 0)
        return;
    check(open(json->generator->yajl));
    json->generator->depth++;
}

static void end(struct json *json, yajl_gen_status (*close)(yajl_gen)) {
    if (json->error != 0)
        return;
    check(close(json->generator->yajl));
    json->generator->depth--;
    if (json->generator->depth == 0 && json->generator->outer != NULL)
        end_generator(json);
}

void json_begin_object(struct json *json) {
    begin(json, yajl_gen_map_open);
}

void json_end_object(struct json *json) {
    end(json, yajl_gen_map_close);
}

void json_begin_array(struct json *json) {
    begin(json, yajl_gen_array_open);
}

void json_end_array(struct json *json) {
    end(json, yajl_gen_array_close);
}

void json_line(struct json *json) {
    json->breaks = true;
}

/* ---- values ---- */

void json_text(struct json *json, const char *text) {
    if (text == NULL)
        json_fail(json, -ENOMEM);
    if (json->error == 0)
        check(yajl_gen_string(json->generator->yajl, (const unsigned char *)text, strlen(text)));
}

void json_name(struct json *json, const char *name) {
    json_text(json, name);
}

/* To yajl whatever is not in quotes is a number. */
static void write_plain(struct json *json, const char *value, size_t size) {
    if (json->error == 0)
        check(yajl_gen_number(json->generator->yajl, value, size));
}

void json_raw(struct json *json, const char *value) {
    write_plain(json, value, strlen(value));
}

void json_unsigned(struct json *json, uint64_t number) {
    char digits[NUMBER_BYTES], *end = digits + sizeof digits,
                               *first = digits_put_unsigned(end, number);
    write_plain(json, first, (size_t)(end - first));
}

void json_signed(struct json *json, int64_t number) {
    char digits[NUMBER_BYTES], *end = digits + sizeof digits,
                               *first = digits_put_signed(end, number);
    write_plain(json, first, (size_t)(end - first));
}

/* ---- members ---- */

void json_member_text(struct json *json, const char *name, const char *text) {
    json_name(json, name);
    json_text(json, text);
}

void json_member_unsigned(struct json *json, const char *name, uint64_t number) {
    json_name(json, name);
    json_unsigned(json, number);
}

void json_member_signed(struct json *json, const char *name, int64_t number) {
    json_name(json, name);
    json_signed(json, number);
}

void json_member_object(struct json *json, const char *name) {
    json_name(json, name);
    json_begin_object(json);
}

void json_member_array(struct json *json, const char *name) {
    json_name(json, name);
    json_begin_array(json);
}
