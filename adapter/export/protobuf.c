/* SPDX-License-Identifier: MIT */
#include "protobuf.h"

#include <stdlib.h>
#include <string.h>

enum { WIRE_NUMBER = 0, WIRE_BYTES = 2, NUMBER_BYTES = 10 };

void protobuf_finish(struct protobuf *message) {
    free(message->bytes.items);
    *message = (struct protobuf){0};
}

static bool reserve(struct protobuf *message, size_t bytes) {
    if (!message->failed && !array_reserve(&message->bytes, bytes))
        message->failed = true;
    return !message->failed;
}

/* Seven bits a byte, the lowest first. */
static void put_number(struct protobuf *message, uint64_t value) {
    if (!reserve(message, NUMBER_BYTES))
        return;
    for (; value >= 0x80; value >>= 7)
        message->bytes.items[message->bytes.count++] = (uint8_t)(value | 0x80);
    message->bytes.items[message->bytes.count++] = (uint8_t)value;
}

static size_t number_size(uint64_t value) {
    size_t size = 1;
    for (; value >= 0x80; value >>= 7)
        size++;
    return size;
}

static void put_key(struct protobuf *message, unsigned field, unsigned wire) {
    put_number(message, (uint64_t)field << 3 | wire);
}

void protobuf_number(struct protobuf *message, unsigned field, uint64_t value) {
    if (value == 0)
        return;
    put_key(message, field, WIRE_NUMBER);
    put_number(message, value);
}

void protobuf_numbers(struct protobuf *message, unsigned field, const uint64_t *values,
                      size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += number_size(values[i]);
    put_key(message, field, WIRE_BYTES);
    put_number(message, size);
    for (size_t i = 0; i < count; i++)
        put_number(message, values[i]);
}

void protobuf_text(struct protobuf *message, unsigned field, const char *text, size_t size) {
    put_key(message, field, WIRE_BYTES);
    put_number(message, size);
    if (size == 0 || !reserve(message, size))
        return;
    memcpy(message->bytes.items + message->bytes.count, text, size);
    message->bytes.count += size;
}

void protobuf_message(struct protobuf *message, unsigned field, struct protobuf *inner) {
    message->failed = message->failed || inner->failed;
    protobuf_text(message, field, (const char *)inner->bytes.items, inner->bytes.count);
    inner->bytes.count = 0;
}
