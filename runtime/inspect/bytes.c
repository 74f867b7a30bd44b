/* SPDX-License-Identifier: MIT */
/*
 * A string's bytes cannot be written: Lua shares and hashes it.
 */
#include "bytes.h"

#include "arguments.h"
#include "reference.h"
#include "stop.h"
#include "value_path.h"

#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- base64 (RFC 4648, section 4) ---- */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Up to three bytes as four digits. */
static void encode_group(const unsigned char *bytes, size_t size, char *text) {
    uint32_t group = (uint32_t)bytes[0] << 16;
    if (size > 1)
        group |= (uint32_t)bytes[1] << 8;
    if (size > 2)
        group |= bytes[2];
    memset(text, '=', 4);
    for (size_t i = 0; i <= size; i++)
        text[i] = digits[group >> (18 - 6 * i) & 63];
}

/* NUL-terminated, the caller's to free(); NULL if memory is out. */
static char *encode(const char *bytes, size_t size) {
    size_t groups = (size + 2) / 3;
    char *text = malloc(groups * 4 + 1);
    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < groups; i++) {
        size_t left = size - i * 3;
        encode_group((const unsigned char *)bytes + i * 3, left < 3 ? left : 3, text + i * 4);
    }
    text[groups * 4] = '\0';
    return text;
}

/* The bytes, the caller's to free(); NULL if it is no base64 (padding may be missing), or memory is
   out. */
static char *decode(const char *text, size_t *size) {
    size_t length = strspn(text, digits);
    size_t padding = strspn(text + length, "=");
    char *bytes = malloc(length / 4 * 3 + 4);
    if (bytes == NULL || text[length + padding] != '\0' || length % 4 == 1 || padding > 2) {
        free(bytes);
        return NULL;
    }
    uint32_t group = 0;
    *size = 0;
    for (size_t i = 0; i < length; i++) {
        group = group << 6 | (uint32_t)(strchr(digits, text[i]) - digits);
        if (i % 4 != 0)
            bytes[(*size)++] = (char)(group >> (6 - i % 4 * 2) & 255);
    }
    return bytes;
}

/* ---- what a client calls them ---- */

void bytes_add_reference(cJSON *object, int reference) {
    char text[16];
    snprintf(text, sizeof text, "0x%x", (unsigned)reference);
    cJSON_AddStringToObject(object, "memoryReference", text);
}

/* The number. 0: it is none. */
static int read_reference(const char *text) {
    char *end;
    long number = strtol(text, &end, 16);
    return end != text && *end == '\0' && number > 0 && number <= INT_MAX ? (int)number : 0;
}

/* ---- the bytes of a value ---- */

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

/* What is found stays where it is as long as the path leads to the value. */
static bool find(struct stop *stop, const cJSON *arguments, struct bytes *bytes,
                 struct inspect_problem *problem) {
    const char *text = arguments_text(arguments, "memoryReference");
    int number = read_reference(text);
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
    int count = arguments_count(arguments, "count", 0);
    if (!find(stop, arguments, &bytes, problem) ||
        !read_offset(arguments, &bytes, &offset, problem))
        return NULL;
    size_t readable = bytes.size - offset;
    size_t size = readable < (size_t)count ? readable : (size_t)count;
    if (size > MOST_BYTES)
        return inspect_refuse(problem, "no more than %d bytes can be read at once", MOST_BYTES);
    char *data = encode(bytes.start + offset, size);
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
    char *data = decode(text, &size);
    if (data == NULL)
        return inspect_refuse(problem, "'data' must be a string of base64");
    cJSON *body = write_bytes(&bytes, arguments, data, size, problem);
    free(data);
    return body;
}

const struct inspect_request bytes_requests[] = {
    {"readMemory", read_memory},
    {"writeMemory", write_memory},
    {NULL, NULL},
};
