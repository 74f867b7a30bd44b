/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "alloc.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A longer `Content-Length: N` line than this is no header. */
#define LENGTH_LINE_BYTES 80

static const char length_name[] = "Content-Length";
#define LENGTH_NAME_BYTES (sizeof length_name - 1)

void framing_init(struct framing *framing) {
    *framing = (struct framing){0};
}

void framing_finish(struct framing *framing) {
    free(framing->bytes);
    free(framing->authorization);
    *framing = (struct framing){0};
}

/* A message of the largest size should not keep its memory for the rest of the session. */
static void make_room(struct framing *framing, size_t size) {
    size_t used = framing->end - framing->start;
    memmove(framing->bytes, framing->bytes + framing->start, used);
    framing->start = 0;
    framing->end = used;
    framing->returned = 0;
    size_t wanted = used + size;
    if (wanted > framing->capacity)
        framing->capacity = wanted * 2;
    else if (framing->capacity > (1u << 20) && wanted < framing->capacity / 8)
        framing->capacity = wanted;
    else
        return;
    framing->bytes = alloc_resized(framing->bytes, framing->capacity);
}

void framing_feed(struct framing *framing, const char *bytes, size_t size) {
    if (size == 0)
        return;
    if (framing->capacity == 0)
        framing->bytes = alloc_zeroed(framing->capacity = 4096, 1);
    if (framing->end + size > framing->capacity || framing->start > (1u << 16))
        make_room(framing, size);
    memcpy(framing->bytes + framing->end, bytes, size);
    framing->end += size;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* A line without its end, and where the next one starts. */
struct line {
    const char *text;
    size_t size;
    const char *next;
};

/* False if the line has not arrived whole. */
static bool read_line(struct line *line, const char *at, const char *end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == NULL)
        return false;
    line->text = at;
    line->size = (size_t)(newline - at);
    if (line->size > 0 && at[line->size - 1] == '\r')
        line->size--;
    line->next = newline + 1;
    return true;
}

/* Splits `Name: value`; false if the line is none. */
static bool split_header(const struct line *line, struct line *name, struct line *value) {
    const char *colon = memchr(line->text, ':', line->size);
    if (colon == NULL)
        return false;
    const char *end = line->text + line->size;
    *name = (struct line){line->text, (size_t)(colon - line->text), NULL};
    while (name->size > 0 && is_blank(name->text[name->size - 1]))
        name->size--;
    for (size_t i = 0; i < name->size; i++)
        if (!isalnum((unsigned char)name->text[i]) && strchr("-_.", name->text[i]) == NULL)
            return false;
    const char *start = colon + 1;
    while (start < end && is_blank(*start))
        start++;
    while (end > start && is_blank(end[-1]))
        end--;
    *value = (struct line){start, (size_t)(end - start), NULL};
    return name->size > 0;
}

static bool is_named(const struct line *name, const char *wanted) {
    return name->size == strlen(wanted) && strncasecmp(name->text, wanted, name->size) == 0;
}

/* Digits only. Anything above the limit gives limit + 1. */
static bool read_length(const struct line *value, size_t *length) {
    *length = 0;
    for (size_t i = 0; i < value->size; i++) {
        if (!isdigit((unsigned char)value->text[i]))
            return false;
        *length = *length * 10 + (size_t)(value->text[i] - '0');
        if (*length > FRAMING_BODY_BYTES)
            *length = FRAMING_BODY_BYTES + 1;
    }
    return value->size > 0;
}

/* What the lines of one header say. */
struct header {
    bool has_length, http;
    bool contradicts; /* itself */
    size_t length;
    struct line authorization;
    const char *problem;
};

static void read_length_header(struct header *header, const struct line *value) {
    size_t length;
    if (!read_length(value, &length))
        header->problem = "Content-Length is not a number of bytes";
    else if (header->has_length && header->length != length)
        header->contradicts = true;
    else
        header->length = length;
    header->has_length = true;
}

static bool names_http(const struct line *line) {
    static const char version[] = " HTTP/1.";
    size_t size = sizeof version - 1;
    for (size_t at = 0; at + size <= line->size; at++)
        if (memcmp(line->text + at, version, size) == 0)
            return true;
    return false;
}

/* A web page can make a browser send us a request, but cannot keep "HTTP" and Origin out of it. */
static void read_header_line(struct header *header, const struct line *line) {
    struct line name, value;
    bool is_request = names_http(line);
    bool is_header = !is_request && split_header(line, &name, &value);
    if (is_request || (is_header && is_named(&name, "Origin")))
        header->http = true;
    else if (!is_header)
        header->problem = "a header line is not of the form `Name: value`";
    else if (is_named(&name, length_name))
        read_length_header(header, &value);
    else if (is_named(&name, "Authorization"))
        header->authorization = value;
}

/* The body may come after the header's bytes have given way. */
static void keep_authorization(struct framing *framing, const struct line *value) {
    free(framing->authorization);
    framing->authorization = NULL;
    if (value->text != NULL)
        framing->authorization = alloc_printed("%.*s", (int)value->size, value->text);
}

static enum framing_result search_from(struct framing *framing, size_t start, const char *problem,
                                       struct framing_frame *frame) {
    framing->start = start;
    framing->searching = true;
    frame->problem = problem;
    return FRAMING_PROBLEM;
}

/* `after` is where the header's lines end, its empty one included. A header that is not believed is
   searched again from its second byte: it may be the rest of a cut message, with a good header
   inside. A browser's is not, nor one of two lengths, or the search would find its very
   Content-Length. */
static enum framing_result end_header(struct framing *framing, const struct header *header,
                                      size_t after, struct framing_frame *frame) {
    if (header->http && (!header->has_length || header->length > FRAMING_BODY_BYTES))
        return search_from(framing, after, "an HTTP request; this is no web server", frame);
    if (header->http) {
        framing->unwanted = true;
    } else if (header->contradicts) {
        return search_from(framing, after, "Content-Length is given twice and differs", frame);
    } else if (header->problem != NULL) {
        return search_from(framing, framing->start + 1, header->problem, frame);
    } else if (!header->has_length) {
        return search_from(framing, framing->start + 1, "a header without Content-Length", frame);
    } else if (header->length > FRAMING_BODY_BYTES) {
        frame->too_large = true;
        return search_from(framing, after, "a message larger than 64 MiB", frame);
    }
    keep_authorization(framing, &header->authorization);
    framing->start = after;
    framing->body = header->length;
    framing->in_body = true;
    return FRAMING_MESSAGE;
}

/* FRAMING_MESSAGE: the header is read, and start stands at its body. */
static enum framing_result read_header(struct framing *framing, struct framing_frame *frame) {
    struct header header = {0};
    const char *end = framing->bytes + framing->end;
    const char *at = framing->bytes + framing->start;
    while (at < end && (*at == '\r' || *at == '\n'))
        at++; /* empty lines between messages harm nobody */
    framing->start = (size_t)(at - framing->bytes);
    struct line line;
    while (read_line(&line, at, end)) {
        size_t after = (size_t)(line.next - framing->bytes);
        if (after - framing->start > FRAMING_HEADER_BYTES)
            break;
        if (line.size == 0)
            return end_header(framing, &header, after, frame);
        read_header_line(&header, &line);
        at = line.next;
    }
    if (framing->end - framing->start > FRAMING_HEADER_BYTES)
        return search_from(framing, framing->start + 1, "a header larger than 8 KiB", frame);
    return FRAMING_WANTS_MORE;
}

static enum framing_result read_body(struct framing *framing, struct framing_frame *frame) {
    if (framing->end - framing->start < framing->body)
        return FRAMING_WANTS_MORE;
    bool unwanted = framing->unwanted;
    framing->returned = framing->start;
    framing->start += framing->body;
    framing->in_body = false;
    framing->unwanted = false;
    if (unwanted) {
        frame->problem = "an HTTP request; this is no web server";
        return FRAMING_PROBLEM;
    }
    frame->body = framing->bytes + framing->returned;
    frame->size = framing->body;
    frame->authorization = framing->authorization;
    return FRAMING_MESSAGE;
}

enum match { MATCH_NO, MATCH_YES, MATCH_CUT_OFF };

/* Do the bytes start with a whole line `Content-Length: N`? */
static enum match match_length_line(const char *at, size_t size) {
    size_t compared = size < LENGTH_NAME_BYTES ? size : LENGTH_NAME_BYTES;
    if (strncasecmp(at, length_name, compared) != 0)
        return MATCH_NO;
    struct line line, name, value;
    size_t length;
    if (!read_line(&line, at, at + (size < LENGTH_LINE_BYTES ? size : LENGTH_LINE_BYTES)))
        return size < LENGTH_LINE_BYTES ? MATCH_CUT_OFF : MATCH_NO;
    bool good = split_header(&line, &name, &value) && is_named(&name, length_name) &&
                read_length(&value, &length);
    return good ? MATCH_YES : MATCH_NO;
}

/* Moves start to the next header; what is passed over is forgotten. */
static void search(struct framing *framing) {
    while (framing->start < framing->end) {
        const char *at = framing->bytes + framing->start;
        enum match match = match_length_line(at, framing->end - framing->start);
        if (match == MATCH_YES)
            framing->searching = false;
        if (match != MATCH_NO)
            return;
        framing->start++;
    }
}

enum framing_result framing_next(struct framing *framing, struct framing_frame *frame) {
    *frame = (struct framing_frame){0};
    if (framing->searching)
        search(framing);
    if (framing->searching)
        return FRAMING_WANTS_MORE;
    if (!framing->in_body) {
        enum framing_result result = read_header(framing, frame);
        if (result != FRAMING_MESSAGE)
            return result;
    }
    return read_body(framing, frame);
}

void framing_distrust(struct framing *framing) {
    assert(!framing->in_body && framing->returned <= framing->start);
    framing->start = framing->returned;
    framing->searching = true;
}
