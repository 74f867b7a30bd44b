/* SPDX-License-Identifier: MIT */
#include "definitions.h"

#include "text.h"

#include <stdbool.h>
#include <string.h>

static const char keyword[] = "function";
enum { KEYWORD_BYTES = sizeof keyword - 1 };

static bool in_path(char byte) {
    return text_in_name(byte) || byte == '.' || byte == ':';
}

static const char *skip_space(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

static const char *skip_space_back(const char *start, const char *at) {
    while (at > start && (at[-1] == ' ' || at[-1] == '\t'))
        at--;
    return at;
}

/* Behind `name <const>`: behind the name. */
static const char *skip_attribute_back(const char *start, const char *at) {
    const char *opening = at;
    if (at == start || at[-1] != '>')
        return at;
    while (opening > start && *opening != '<')
        opening--;
    return *opening == '<' ? skip_space_back(start, opening) : at;
}

/* The name that a function is assigned to: what stands before "=". */
static size_t name_before(const char *start, const char *at, const char **name) {
    at = skip_space_back(start, at);
    if (at == start || at[-1] != '=')
        return 0;
    const char *end = skip_attribute_back(start, skip_space_back(start, at - 1));
    *name = end;
    while (*name > start && in_path((*name)[-1]))
        (*name)--;
    return (size_t)(end - *name);
}

static size_t name_behind(const char *at, const char *end, const char **name) {
    *name = skip_space(at, end);
    const char *stop = *name;
    while (stop < end && in_path(*stop))
        stop++;
    const char *next = skip_space(stop, end);
    return next < end && *next == '(' ? (size_t)(stop - *name) : 0;
}

static bool is_keyword(const char *start, const char *at, const char *end) {
    return (size_t)(end - at) > KEYWORD_BYTES && memcmp(at, keyword, KEYWORD_BYTES) == 0 &&
           (at == start || !text_in_name(at[-1])) && !text_in_name(at[KEYWORD_BYTES]);
}

static void scan_line(const char *start, const char *end, int line, definitions_found *found,
                      void *data) {
    for (const char *at = start; at < end; at++) {
        const char *name;
        if (*at != 'f' || !is_keyword(start, at, end))
            continue;
        size_t size = name_behind(at + KEYWORD_BYTES, end, &name);
        if (size == 0)
            size = name_before(start, at, &name);
        if (size > 0)
            found(data, name, size, line);
    }
}

void definitions_scan(const char *text, size_t size, definitions_found *found, void *data) {
    const char *end = text + size;
    for (int line = 1; text < end; line++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *stop = newline != NULL ? newline : end;
        scan_line(text, stop, line, found, data);
        text = newline != NULL ? newline + 1 : end;
    }
}
