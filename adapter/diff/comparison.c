/* SPDX-License-Identifier: MIT */
#include "comparison.h"

#include "alignment.h"
#include "files.h"
#include "sort.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- what belongs together ---- */

static void add_row(struct comparison *comparison, const struct recorded_file *before_file,
                    const struct recorded_line *before, const struct recorded_file *after_file,
                    const struct recorded_line *after) {
    comparison->rows[comparison->count++] =
        (struct comparison_row){.before = {before_file, before}, .after = {after_file, after}};
}

static void add_new(struct comparison *comparison, const struct recorded_file *file,
                    const bool *taken) {
    for (size_t i = 0; i < file->count; i++)
        if (taken == NULL || !taken[i])
            add_row(comparison, NULL, NULL, file, &file->lines[i]);
}

static void add_gone(struct comparison *comparison, const struct recorded_file *file) {
    for (size_t i = 0; i < file->count; i++)
        add_row(comparison, file, &file->lines[i], NULL, NULL);
}

static void add_aligned(struct comparison *comparison, const struct recorded_file *before,
                        const struct recorded_file *after, const size_t *partners, bool *taken) {
    for (size_t i = 0; i < before->count; i++) {
        size_t partner = partners[i];
        if (partner != ALIGNMENT_NONE)
            taken[partner] = true;
        add_row(comparison, before, &before->lines[i], after,
                partner != ALIGNMENT_NONE ? &after->lines[partner] : NULL);
    }
    add_new(comparison, after, taken);
}

static int add_files(struct comparison *comparison, const struct recorded_file *before,
                     const struct recorded_file *after) {
    size_t *partners = calloc(before->count + 1, sizeof *partners);
    bool *taken = calloc(after->count + 1, sizeof *taken);
    int error =
        partners != NULL && taken != NULL ? alignment_find(before, after, partners) : -ENOMEM;
    if (error == 0)
        add_aligned(comparison, before, after, partners, taken);
    free(partners);
    free(taken);
    return error;
}

/* taken: which of after's files have a partner. */
static int add_all(struct comparison *comparison, const size_t *partners, bool *taken) {
    const struct recording *before = comparison->before, *after = comparison->after;
    int error = 0;
    for (size_t i = 0; i < before->count && error == 0; i++) {
        if (partners[i] == FILES_NONE) {
            add_gone(comparison, &before->files[i]);
            continue;
        }
        taken[partners[i]] = true;
        error = add_files(comparison, &before->files[i], &after->files[partners[i]]);
    }
    for (size_t i = 0; i < after->count && error == 0; i++)
        if (!taken[i])
            add_new(comparison, &after->files[i], NULL);
    return error;
}

static size_t count_lines(const struct recording *recording) {
    size_t count = 0;
    for (size_t i = 0; i < recording->count; i++)
        count += recording->files[i].count;
    return count;
}

int comparison_make(struct comparison *comparison, const struct recording *before,
                    const struct recording *after) {
    *comparison = (struct comparison){.before = before, .after = after};
    for (int i = 0; i < COLUMNS; i++)
        comparison->lacks[i] = before->lacks[i] || after->lacks[i];
    comparison->rows =
        calloc(count_lines(before) + count_lines(after) + 1, sizeof *comparison->rows);
    size_t *partners = calloc(before->count + 1, sizeof *partners);
    bool *taken = calloc(after->count + 1, sizeof *taken);
    int error = -ENOMEM;
    if (comparison->rows != NULL && partners != NULL && taken != NULL)
        error = files_match(before, after, partners);
    if (error == 0)
        error = add_all(comparison, partners, taken);
    free(partners);
    free(taken);
    return error;
}

void comparison_finish(struct comparison *comparison) {
    free(comparison->rows);
    *comparison = (struct comparison){0};
}

/* ---- what a row says ---- */

enum comparison_state comparison_state(const struct comparison_row *row) {
    if (row->before.line == NULL)
        return COMPARISON_NEW;
    if (row->after.line == NULL)
        return COMPARISON_GONE;
    return row->before.line->line == row->after.line->line ? COMPARISON_SAME : COMPARISON_MOVED;
}

const char *comparison_state_name(enum comparison_state state) {
    static const char *const names[] = {[COMPARISON_SAME] = "same",
                                        [COMPARISON_MOVED] = "moved",
                                        [COMPARISON_NEW] = "new",
                                        [COMPARISON_GONE] = "gone"};
    return names[state];
}

const struct comparison_side *comparison_place(const struct comparison_row *row) {
    return row->after.line != NULL ? &row->after : &row->before;
}

bool comparison_is_line(const struct comparison_row *row) {
    const struct comparison_side *place = comparison_place(row);
    return !recorded_is_pseudo(place->file, place->line);
}

const struct recorded_file *comparison_file(const struct comparison_row *row) {
    return row->after.file != NULL ? row->after.file : row->before.file;
}

int64_t comparison_figure(const struct comparison_side *side, enum column_id figure) {
    return side->line != NULL ? side->line->figures[figure] : 0;
}

int64_t comparison_change(const struct comparison_row *row, enum column_id figure) {
    return comparison_figure(&row->after, figure) - comparison_figure(&row->before, figure);
}

bool comparison_changed(const struct comparison *comparison, const struct comparison_row *row) {
    for (const enum column_id *id = columns_for(COLUMNS_TO_COMPARE); *id != COLUMN_NONE; id++)
        if (!comparison->lacks[*id] && comparison_change(row, *id) != 0)
            return true;
    return false;
}

/* ---- sorting ---- */

/* A gone and a new line can have one place. */
static int compare_places(const struct comparison_row *a, const struct comparison_row *b) {
    const struct comparison_side *left = comparison_place(a), *right = comparison_place(b);
    int difference = strcmp(comparison_file(a)->source, comparison_file(b)->source);
    if (difference == 0)
        difference =
            (left->line->line > right->line->line) - (left->line->line < right->line->line);
    return difference != 0 ? difference : (a->before.line == NULL) - (b->before.line == NULL);
}

static int compare_rows(const void *left, const void *right, void *data) {
    const enum column_id *figure = data;
    const struct comparison_row *a = left, *b = right;
    if (*figure != COLUMN_LINE) {
        int64_t x = comparison_change(a, *figure), y = comparison_change(b, *figure);
        if (x != y)
            return x < y ? 1 : -1;
    }
    return compare_places(a, b);
}

void comparison_sort(struct comparison *comparison, enum column_id figure) {
    sort(comparison->rows, comparison->count, sizeof *comparison->rows, compare_rows, &figure);
}
