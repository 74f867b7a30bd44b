/* SPDX-License-Identifier: MIT */
#include "string_builder.h"
#include "text.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void check_quote(const char *bytes, size_t size, const char *expected) {
    struct string_builder builder = {0};
    cr_assert(string_builder_quote(&builder, bytes, size, 1000));
    cr_assert_str_eq(string_builder_text(&builder), expected);
    string_builder_finish(&builder);
}

/* Each byte, at each place of a word. */
Test(string_builder, what_stands_between_plain_bytes_is_quoted) {
    for (int byte = 0; byte < 256; byte++)
        for (int at = 0; at < 24; at++) {
            char bytes[24], alone[10] = {0}, expected[80];
            struct string_builder one = {0};
            memset(bytes, 'x', sizeof bytes);
            bytes[at] = (char)byte;
            cr_assert(string_builder_quote(&one, bytes + at, 1, 100));
            snprintf(alone, sizeof alone, "%.*s", (int)one.size - 2, one.text + 1);
            snprintf(expected, sizeof expected, "\"%.*s%s%.*s\"", at, "xxxxxxxxxxxxxxxxxxxxxxxx",
                     alone, 23 - at, "xxxxxxxxxxxxxxxxxxxxxxxx");
            check_quote(bytes, sizeof bytes, expected);
            string_builder_finish(&one);
        }
}

Test(string_builder, quote_as_lua_does) {
    check_quote("", 0, "\"\"");
    check_quote("plain", 5, "\"plain\"");
    check_quote("a\nb\t\"\\", 6, "\"a\\nb\\t\\\"\\\\\"");
    check_quote("\0\x1b\x7f", 3, "\"\\x00\\x1B\\x7F\"");
    check_quote("\xff\xc3\xa9", 3, "\"\\xFFé\"");
}

/* Each byte and each pair of bytes stands for itself, whatever surrounds it. */
Test(string_builder, a_quotation_says_every_byte) {
    lua_State *L = luaL_newstate();
    for (int i = 0; i < 0x10000; i++) {
        struct string_builder builder = {0};
        const char bytes[] = {'a', (char)(i >> 8), (char)i, '7', '\x80'};
        string_builder_print(&builder, "return ");
        cr_assert(string_builder_quote(&builder, bytes, sizeof bytes, 1000));
        cr_assert_eq(luaL_dostring(L, string_builder_text(&builder)), LUA_OK);
        size_t size;
        const char *said = lua_tolstring(L, -1, &size);
        cr_assert(size == sizeof bytes && memcmp(said, bytes, size) == 0, "%04x", (unsigned)i);
        lua_settop(L, 0);
        string_builder_finish(&builder);
    }
    lua_close(L);
}

Test(string_builder, what_is_printed_makes_its_room) {
    struct string_builder builder = {0};
    char expected[2000] = "";
    for (int i = 0; i < 100; i++) {
        string_builder_print(&builder, "%*d", i % 20, i);
        sprintf(expected + strlen(expected), "%*d", i % 20, i);
        cr_assert_str_eq(string_builder_text(&builder), expected);
        cr_assert_eq(builder.size, strlen(expected));
    }
    string_builder_print(&builder, "%s", "");
    cr_assert_str_eq(string_builder_text(&builder), expected);
    string_builder_finish(&builder);
}

Test(string_builder, cut_between_characters) {
    for (size_t most = 1; most < 12; most++) {
        struct string_builder builder = {0};
        cr_assert_not(string_builder_quote(&builder, "äöüäöüäöü", 18, most));
        cr_assert(text_valid(string_builder_text(&builder), builder.size));
        cr_assert_leq(builder.size, most + strlen("…\"") + 1);
        string_builder_finish(&builder);
    }
}

/* Seconds of processor time. */
static double time_to_quote(const char *bytes, size_t size) {
    clock_t start = clock();
    for (int i = 0; i < 200; i++) {
        struct string_builder builder = {0};
        cr_assert_not(string_builder_quote(&builder, bytes, size, 900));
        string_builder_finish(&builder);
    }
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Looking at all of a long string once for each character that is shown takes 4000 times as long.
 */
Test(string_builder, a_quotation_takes_time_for_what_is_shown) {
    size_t size = 4 << 20;
    char *bytes = malloc(size);
    memset(bytes, 'x', size);
    double small = time_to_quote(bytes, 1000), large = time_to_quote(bytes, size);
    cr_assert_lt(large, small * 20 + 0.05);
    free(bytes);
}

Test(string_builder, an_excerpt_says_how_long_the_whole_is) {
    struct string_builder builder = {0};
    string_builder_excerpt(&builder, "äöü", 6, 3);
    cr_assert_str_eq(string_builder_text(&builder), "ä… (6 bytes)");
    string_builder_finish(&builder);
    string_builder_excerpt(&builder, "äö\xff", 5, 5);
    cr_assert_str_eq(string_builder_text(&builder), "äö\\xFF");
    string_builder_finish(&builder);
}
