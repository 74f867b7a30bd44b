/* SPDX-License-Identifier: MIT */
#include "message_text.h"

#include <criterion/criterion.h>
#include <string.h>

static void check(const char *message, const char *expected) {
    cJSON *json = cJSON_Parse(message);
    char *text = message_text(json);
    cr_assert_str_eq(text, expected);
    cJSON_free(text);
    text = message_text(json);
    cr_assert_str_eq(text, expected, "and once more");
    cJSON_free(text);
    cJSON_Delete(json);
}

Test(message_text, whole_numbers_have_all_digits) {
    check("{\"a\":0,\"b\":[-1,2147483648,[9007199254740]],\"c\":{\"d\":-123456789012345}}",
          "{\"a\":0,\"b\":[-1,2147483648,[9007199254740]],\"c\":{\"d\":-123456789012345}}");
    check("[1e3, 9007199254740991, -9007199254740992]",
          "[1000,9007199254740991,-9007199254740992]");
}

Test(message_text, others_are_as_cjson_has_them) {
    check("[0.5,-2.25,1e+300,\"1\",true,null,{}]", "[0.5,-2.25,1e+300,\"1\",true,null,{}]");
}

/* More than was reckoned with, and more than any text that comes before. */
Test(message_text, what_is_escaped_has_room) {
    enum { COUNT = 3000 };
    char text[COUNT + 1] = {0}, expected[COUNT * 6 + 3] = {0}, *at = expected;
    memset(text, '\x01', COUNT);
    *at++ = '"';
    for (int i = 0; i < COUNT; i++, at += 6)
        memcpy(at, "\\u0001", 6);
    *at++ = '"';
    cJSON *json = cJSON_CreateArray();
    cJSON_AddItemToArray(json, cJSON_CreateString(text));
    char *written = message_text(json);
    cr_assert_eq(strlen(written), strlen(expected) + 2);
    cr_assert_eq(memcmp(written + 1, expected, strlen(expected)), 0);
    cJSON_free(written);
    cJSON_Delete(json);
}

/* Each byte that a text can have, at each place of a word, in a text that is long. */
Test(message_text, long_texts_are_as_cjson_has_them) {
    enum { SIZE = 5000 };
    char text[SIZE + 1] = {0};
    for (int shift = 0; shift < 8; shift++) {
        memset(text, 'x', SIZE);
        for (int byte = 1; byte < 256; byte++) {
            text[shift + byte * 9] = (char)byte;
            text[shift + 2400 + byte * 8] = (char)byte;
        }
        cJSON *json = cJSON_CreateObject();
        cJSON_AddStringToObject(json, "text", text);
        cJSON_AddItemToObject(json, "same", cJSON_CreateStringReference(text));
        char *expected = cJSON_PrintUnformatted(json), *written = message_text(json);
        cr_assert_str_eq(written, expected);
        cJSON_free(written);
        cJSON_free(expected);
        cJSON_Delete(json);
    }
}

/* Of each size that words end or do not end at, and each last byte. */
Test(message_text, the_ends_of_texts_are_as_cjson_has_them) {
    enum { MOST = 160 };
    char text[MOST + 1] = {0};
    for (int size = 1; size <= MOST; size++) {
        memset(text, 'x', (size_t)size);
        for (int byte = 1; byte < 256; byte++) {
            text[size - 1] = (char)byte;
            cJSON *json = cJSON_CreateObject();
            cJSON_AddStringToObject(json, "text", text);
            char *expected = cJSON_PrintUnformatted(json), *written = message_text(json);
            cr_assert_str_eq(written, expected);
            cJSON_free(written);
            cJSON_free(expected);
            cJSON_Delete(json);
        }
    }
}

Test(message_text, a_number_is_still_a_number_to_who_reads_it) {
    cJSON *json = cJSON_Parse("{\"large\":9007199254740991,\"small\":-7}");
    char *text = message_text(json);
    cJSON *read = cJSON_Parse(text);
    cr_assert_eq(cJSON_GetObjectItem(read, "large")->valuedouble, 9007199254740991.0);
    cr_assert_eq(cJSON_GetObjectItem(read, "small")->valueint, -7);
    cJSON_Delete(read);
    cJSON_Delete(json);
    cJSON_free(text);
}
