/* SPDX-License-Identifier: MIT */
/*
 * protobuf: writes messages in the wire format of Protocol Buffers: fields one after the other,
 * each with its number.
 */
#ifndef LUAHEAT_ADAPTER_PROTOBUF_H
#define LUAHEAT_ADAPTER_PROTOBUF_H

#include "array.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A message, or one that will be a field of another. All zero is empty. */
struct protobuf {
    ARRAY(uint8_t) bytes;
    bool failed; /* memory was out: it is worth nothing */
};

void protobuf_finish(struct protobuf *message);

/* uint64, int64, int32, bool, enum. A 0 is left out: it is the default. */
void protobuf_number(struct protobuf *message, unsigned field, uint64_t value);

/* A packed list of such numbers. */
void protobuf_numbers(struct protobuf *message, unsigned field, const uint64_t *values,
                      size_t count);

/* string, bytes. An empty one is written too: it may be an element. */
void protobuf_text(struct protobuf *message, unsigned field, const char *text, size_t size);

/* Another message, which is empty afterwards, to be used again. */
void protobuf_message(struct protobuf *message, unsigned field, struct protobuf *inner);

#endif
