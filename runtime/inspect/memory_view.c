/* SPDX-License-Identifier: MIT */
/*
 * The bytes of strings and of full userdata. A string's cannot be written: Lua shares
 * and hashes it.
 */
#include "arguments.h"
#include "base64.h"
#include "memory_reference.h"
#include "reference.h"
#include "stop.h"
#include "value_path.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More is not in one answer. */
enum { MOST_BYTES = 16 << 20 };

struct bytes {
    char *start;
    size_t size;
    bool writable;
};

/* Of the value on top of the stack. */
static bool bytes_of(lua_State *L, struct bytes *bytes) {
    int type = lua_type(L, -1);
    if (type != LUA_TSTRING && type != LUA_TUSERDATA)
        return false;
    bool writable = type == LUA_TUSERDATA;
    *bytes = (struct bytes){writable ? lua_touserdata(L, -1) : (char *)lua_tostring(L, -1),
                            lua_rawlen(L, -1), writable};
    return true;
}

/* What is found stays where it is as long as the value is in its place. */
static bool find(struct stop *stop, const cJSON *arguments, struct bytes *bytes,
                 struct inspect_problem *problem) {
    const char *text = arguments_text(arguments, "memoryReference");
    int number = text != NULL ? memory_reference_read(text) : 0;
    struct reference reference;
    if (number == 0) {
        inspect_refuse(problem, "'memoryReference' must be one that came with a variable");
        return false;
    }
    if (!reference_find(&stop->references, number, &reference, problem))
        return false;
    int height = lua_gettop(stop->L);
    bool found = reference.view == VIEW_VALUE && value_path_push(&stop->paths, reference.path) &&
                 bytes_of(stop->L, bytes);
    lua_settop(stop->L, height);
    if (!found)
        inspect_refuse(problem, "there is no string or userdata (any more)");
    return found;
}

/* A range that begins in the bytes, or right behind them. */
static bool read_offset(const cJSON *arguments, const struct bytes *bytes, size_t *offset,
                        struct inspect_problem *problem) {
    const cJSON *item = arguments_get(arguments, "offset");
    double number = item == NULL ? 0 : cJSON_IsNumber(item) ? item->valuedouble : -1;
    if (!(number >= 0 && number <= (double)bytes->size) || number != (double)(size_t)number) {
        inspect_refuse(problem,
                       "'offset' must be a whole number from 0 to %zu: there are no more bytes",
                       bytes->size);
        return false;
    }
    *offset = (size_t)number;
    return true;
}

static void add_address(cJSON *body, const char *start) {
    char text[32];
    snprintf(text, sizeof text, "0x%" PRIxPTR, (uintptr_t)start);
    cJSON_AddStringToObject(body, "address", text);
}

static cJSON *read_memory(struct stop *stop, const cJSON *arguments,
                          struct inspect_problem *problem) {
    struct bytes bytes;
    size_t offset;
    int count = -1;
    if (!find(stop, arguments, &bytes, problem) ||
        !read_offset(arguments, &bytes, &offset, problem) ||
        !arguments_count(arguments, "count", &count, problem))
        return NULL;
    if (count < 0)
        return inspect_refuse(problem, "'count' is missing; it must be a number");
    size_t readable = bytes.size - offset;
    size_t size = readable < (size_t)count ? readable : (size_t)count;
    if (size > MOST_BYTES)
        return inspect_refuse(problem, "no more than %d bytes can be read at once", MOST_BYTES);
    char *data = base64_encode(bytes.start + offset, size);
    if (data == NULL)
        return inspect_refuse(problem, "not enough memory");
    cJSON *body = cJSON_CreateObject();
    add_address(body, bytes.start + offset);
    if (size < (size_t)count)
        cJSON_AddNumberToObject(body, "unreadableBytes", (double)((size_t)count - size));
    cJSON_AddStringToObject(body, "data", data);
    free(data);
    return body;
}

static cJSON *write_bytes(const struct bytes *bytes, const cJSON *arguments, const char *data,
                          size_t size, struct inspect_problem *problem) {
    size_t offset;
    if (!read_offset(arguments, bytes, &offset, problem))
        return NULL;
    size_t room = bytes->size - offset;
    if (size > room && !arguments_flag(arguments, "allowPartial"))
        return inspect_refuse(problem, "there are only %zu bytes from there on", room);
    size = size < room ? size : room;
    memcpy(bytes->start + offset, data, size);
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "bytesWritten", (double)size);
    return body;
}

static cJSON *write_memory(struct stop *stop, const cJSON *arguments,
                           struct inspect_problem *problem) {
    struct bytes bytes;
    const char *text = arguments_text(arguments, "data");
    if (!find(stop, arguments, &bytes, problem))
        return NULL;
    if (!bytes.writable)
        return inspect_refuse(problem,
                              "a string cannot be changed; assign another to the variable");
    size_t size;
    char *data = text != NULL ? base64_decode(text, &size) : NULL;
    if (data == NULL)
        return inspect_refuse(problem, "'data' must be a string of base64");
    cJSON *body = write_bytes(&bytes, arguments, data, size, problem);
    free(data);
    return body;
}

const struct inspect_request memory_requests[] = {
    {"readMemory", read_memory},
    {"writeMemory", write_memory},
    {NULL, NULL},
};
