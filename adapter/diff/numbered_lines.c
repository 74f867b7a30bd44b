/* SPDX-License-Identifier: MIT */
#include "numbered_lines.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *text;
    size_t *number; /* to be set */
};

static int compare_texts(const void *left, const void *right) {
    const struct entry *a = left, *b = right;
    return strcmp(a->text, b->text);
}

/* The entries of the lines with text; their number. */
static size_t list_texts(struct entry *entries, struct numbered_lines *numbered,
                         const struct recorded_file *file) {
    for (size_t i = 0; i < file->count; i++)
        if (file->lines[i].text != NULL) {
            size_t at = numbered->count++;
            numbered->lines[at] = i;
            entries[at] = (struct entry){file->lines[i].text, &numbered->texts[at]};
        }
    return numbered->count;
}

static size_t number_texts(struct entry *entries, size_t count) {
    size_t texts = 0;
    if (count > 1)
        qsort(entries, count, sizeof *entries, compare_texts);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(entries[i].text, entries[i - 1].text) != 0)
            texts++;
        assert(entries[i].number != NULL);
        *entries[i].number = texts - 1;
    }
    return texts;
}

static bool make_room(struct numbered_lines *lines, const struct recorded_file *file) {
    *lines = (struct numbered_lines){.texts = calloc(file->count + 1, sizeof *lines->texts),
                                     .lines = calloc(file->count + 1, sizeof *lines->lines)};
    return lines->texts != NULL && lines->lines != NULL;
}

int numbered_lines_read(struct numbered_lines *before, const struct recorded_file *before_file,
                        struct numbered_lines *after, const struct recorded_file *after_file,
                        size_t *texts) {
    struct entry *entries = calloc(before_file->count + after_file->count + 1, sizeof *entries);
    bool room = make_room(before, before_file);
    room = make_room(after, after_file) && room && entries != NULL;
    if (room) {
        size_t count = list_texts(entries, before, before_file);
        count += list_texts(entries + count, after, after_file);
        *texts = number_texts(entries, count);
    }
    free(entries);
    return room ? 0 : -ENOMEM;
}

void numbered_lines_finish(struct numbered_lines *lines) {
    free(lines->texts);
    free(lines->lines);
    *lines = (struct numbered_lines){0};
}
