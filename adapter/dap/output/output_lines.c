/* SPDX-License-Identifier: MIT */
#include "output_lines.h"

#include "alloc.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

void output_lines_finish(struct output_lines *lines) {
    free(lines->bytes.items);
    *lines = (struct output_lines){0};
}

static void append(struct output_lines *lines, const char *bytes, size_t size) {
    alloc_reserve(&lines->bytes, size);
    memcpy(lines->bytes.items + lines->bytes.count, bytes, size);
    lines->bytes.count += size;
}

/* How long the sequence is that this byte starts; 1 if it starts none. */
static size_t sequence_size(unsigned char lead) {
    if (lead < 0xc2 || lead > 0xf4)
        return 1;
    if (lead >= 0xf0)
        return 4;
    return lead >= 0xe0 ? 3 : 2;
}

/* The size without a sequence at the end that more bytes may complete. */
static size_t whole_sequences(const char *bytes, size_t size) {
    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char byte = (unsigned char)bytes[size - back];
        if ((byte & 0xc0) == 0x80)
            continue;
        return sequence_size(byte) > back ? size - back : size;
    }
    return size;
}

/* Removes the first `size` bytes and returns them as text. */
static char *take(struct output_lines *lines, size_t size) {
    if (size == 0)
        return NULL;
    char *text = alloc_checked(text_escape(lines->bytes.items, size));
    lines->bytes.count -= size;
    memmove(lines->bytes.items, lines->bytes.items + size, lines->bytes.count);
    return text;
}

char *output_lines_feed(struct output_lines *lines, const char *bytes, size_t size) {
    append(lines, bytes, size);
    size_t complete = lines->bytes.count;
    while (complete > 0 && lines->bytes.items[complete - 1] != '\n')
        complete--;
    if (lines->bytes.count - complete >= OUTPUT_LINES_BYTES)
        complete = whole_sequences(lines->bytes.items, lines->bytes.count);
    return take(lines, complete);
}

char *output_lines_flush(struct output_lines *lines, bool final) {
    return take(lines, final ? lines->bytes.count
                             : whole_sequences(lines->bytes.items, lines->bytes.count));
}
