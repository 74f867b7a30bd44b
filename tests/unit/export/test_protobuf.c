/* SPDX-License-Identifier: MIT */
/* The bytes are those of the examples in the specification of the wire format, and by hand. */
#include "protobuf.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void check(struct protobuf *message, const char *bytes, size_t size) {
    cr_assert_not(message->failed);
    cr_assert_eq(message->bytes.count, size);
    cr_assert_arr_eq(message->bytes.items, bytes, size);
    protobuf_finish(message);
}

Test(protobuf, numbers_have_seven_bits_a_byte) {
    struct protobuf message = {0};
    protobuf_number(&message, 1, 150);
    protobuf_number(&message, 2, 127);
    protobuf_number(&message, 3, UINT64_MAX);
    check(&message, "\x08\x96\x01\x10\x7f\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 16);
}

Test(protobuf, a_zero_is_left_out) {
    struct protobuf message = {0};
    protobuf_number(&message, 1, 0);
    cr_assert_eq(message.bytes.count, 0);
}

Test(protobuf, a_packed_list_keeps_its_zeros) {
    struct protobuf message = {0};
    protobuf_numbers(&message, 6, (const uint64_t[]){3, 0, 270, 86942}, 4);
    check(&message, "\x32\x07\x03\x00\x8e\x02\x9e\xa7\x05", 9);
}

Test(protobuf, texts) {
    struct protobuf message = {0};
    protobuf_text(&message, 2, "testing", 7);
    protobuf_text(&message, 16, "", 0);
    check(&message, "\x12\x07testing\x82\x01\x00", 12);
}

Test(protobuf, messages_nest) {
    struct protobuf message = {0}, inner = {0};
    protobuf_number(&inner, 1, 150);
    protobuf_message(&message, 3, &inner);
    cr_assert_eq(inner.bytes.count, 0);
    protobuf_message(&message, 3, &inner);
    protobuf_finish(&inner);
    check(&message, "\x1a\x03\x08\x96\x01\x1a\x00", 7);
}

Test(protobuf, grows) {
    struct protobuf message = {0};
    char *text = calloc(1, 100000);
    for (int i = 0; i < 10; i++)
        protobuf_text(&message, 1, text, 100000);
    cr_assert_eq(message.bytes.count, 10 * (1 + 3 + 100000));
    free(text);
    protobuf_finish(&message);
}
