/* SPDX-License-Identifier: MIT */
#include "scalar.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 64, LEAST_DIGITS = 14, MOST_DIGITS = 17 };

/* The C library has written it as the locale has it. */
static void write_text(struct string_builder *builder, const char *text) {
    const char *point = localeconv()->decimal_point;
    const char *found = *point != '\0' ? strstr(text, point) : NULL;
    if (found != NULL)
        string_builder_print(builder, "%.*s.%s", (int)(found - text), text, found + strlen(point));
    else /* as lobject.c does: what looks like an integer gets ".0" */
        string_builder_print(builder, text[strspn(text, "-0123456789")] == '\0' ? "%s.0" : "%s",
                             text);
}

void scalar_write_float(struct string_builder *builder, lua_Number number) {
    char text[TEXT_BYTES];
    snprintf(text, sizeof text, LUA_NUMBER_FMT, (LUAI_UACNUMBER)number);
    write_text(builder, text);
}

static void write_finite(struct string_builder *builder, double number) {
    char text[TEXT_BYTES];
    int digits = LEAST_DIGITS;
    do
        snprintf(text, sizeof text, "%.*g", digits, number);
    while (strtod(text, NULL) != number && digits++ < MOST_DIGITS);
    write_text(builder, text);
}

void scalar_write_float_source(struct string_builder *builder, lua_Number number) {
    if (isnan(number))
        string_builder_print(builder, "(0/0)");
    else if (isinf(number))
        string_builder_print(builder, number > 0 ? "math.huge" : "-math.huge");
    else
        write_finite(builder, (double)number);
}

static void write_integer(struct string_builder *builder, lua_Integer integer, bool hex) {
    if (hex)
        string_builder_print(builder, "0x%llx", (unsigned long long)integer);
    else
        string_builder_print(builder, LUA_INTEGER_FMT, (LUAI_UACINT)integer);
}

void scalar_write(struct string_builder *builder, lua_State *L, int index, bool hex) {
    if (lua_type(L, index) == LUA_TBOOLEAN)
        string_builder_print(builder, lua_toboolean(L, index) ? "true" : "false");
    else if (lua_type(L, index) != LUA_TNUMBER)
        string_builder_print(builder, "nil");
    else if (lua_isinteger(L, index))
        write_integer(builder, lua_tointeger(L, index), hex);
    else
        scalar_write_float(builder, lua_tonumber(L, index));
}
