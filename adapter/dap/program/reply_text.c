/* SPDX-License-Identifier: MIT */
#include "reply_text.h"

#include "alloc.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* No answer of the runtime's is nested so deep; cJSON reads no deeper. */
enum { DEPTH = 1000 };

/* ---- is it JSON? The program may have written it ---- */

static int open_one(void *depth) {
    return ++*(int *)depth <= DEPTH;
}

static int close_one(void *depth) {
    --*(int *)depth;
    return 1;
}

static const yajl_callbacks nesting = {.yajl_start_map = open_one,
                                       .yajl_end_map = close_one,
                                       .yajl_start_array = open_one,
                                       .yajl_end_array = close_one};

static void *allocate(void *context, size_t size) {
    (void)context;
    return alloc_resized(NULL, size);
}

static void *resize(void *context, void *block, size_t size) {
    (void)context;
    return alloc_resized(block, size);
}

static void release(void *context, void *block) {
    (void)context;
    free(block);
}

static bool is_json(const char *text, size_t size) {
    int depth = 0;
    yajl_alloc_funcs memory = {allocate, resize, release, NULL};
    yajl_handle parser = yajl_alloc(&nesting, &memory, &depth);
    bool good = yajl_parse(parser, (const unsigned char *)text, size) == yajl_status_ok &&
                yajl_complete_parse(parser) == yajl_status_ok;
    yajl_free(parser);
    return good;
}

/* ---- where is it? ---- */

const char *reply_text_find(const char *line, size_t size, int64_t seq, size_t *body_size) {
    char before[100];
    int length = snprintf(
        before, sizeof before,
        "{\"type\":\"response\",\"request_seq\":%lld,\"success\":true,\"body\":", (long long)seq);
    size_t start = (size_t)length;
    if (size <= start + 2 || memcmp(line, before, start) != 0 || line[start] != '{' ||
        line[size - 1] != '}' || !is_json(line + start, size - 1 - start))
        return NULL;
    *body_size = size - 1 - start;
    return line + start;
}
