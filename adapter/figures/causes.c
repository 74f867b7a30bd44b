/* SPDX-License-Identifier: MIT */
#include "causes.h"

#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* NULL: it is not known. The program may have scribbled over it. */
static const char *holder_at(const struct figures *figures, uint32_t at) {
    if (at == 0 || at >= figures->text_bytes || at >= FIGURES_MAX_TEXT)
        return NULL;
    const char *text = figures->text + at;
    size_t size = strnlen(text, FIGURES_MAX_TEXT - at);
    return size > 0 && size < FIGURES_MAX_TEXT - at && text_valid(text, size) ? text : NULL;
}

static int descending(int64_t left, int64_t right) {
    return (left < right) - (left > right);
}

/* Those that are not known are each by itself. */
static bool is_same(const struct measured_line *one, const struct measured_line *other) {
    return one->holder == other->holder && one->holder != 0;
}

static int by_holder(const void *a, const void *b) {
    const struct measured_line *left = a, *right = b;
    return descending(left->holder, right->holder);
}

static int by_cause(const void *a, const void *b) {
    const struct measured_line *left = a, *right = b;
    int order = descending(left->together, right->together);
    if (order == 0)
        order = by_holder(a, b);
    if (order == 0)
        order = descending(left->suspicion.per_window, right->suspicion.per_window);
    return order != 0 ? order : descending(right->place.site, left->place.site);
}

static int64_t sum(int64_t one, int64_t other) {
    int64_t both;
    return __builtin_add_overflow(one, other, &both) ? INT64_MAX : both;
}

/* The cause that begins with the first of them. */
static struct cause add_up(const struct measured_line *suspects, size_t count) {
    struct cause cause = {.count = 0};
    for (size_t i = 0; i < count && (i == 0 || is_same(&suspects[i], suspects)); i++) {
        const struct suspicion *suspicion = &suspects[i].suspicion;
        cause.count++;
        cause.kept = sum(cause.kept, suspicion->kept);
        cause.per_window = sum(cause.per_window, suspicion->per_window);
        if (suspicion->level > cause.level)
            cause.level = suspicion->level;
    }
    return cause;
}

static void find_together(struct measured_line *suspects, size_t count) {
    for (size_t i = 0; i < count;) {
        const struct cause cause = add_up(&suspects[i], count - i);
        for (size_t end = i + cause.count; i < end; i++)
            suspects[i].together = cause.per_window;
    }
}

static void list(struct causes *causes, const struct measured_line *suspects, size_t count,
                 const struct figures *figures) {
    for (size_t i = 0; i < count;) {
        struct cause *cause = &causes->list[causes->count++];
        *cause = add_up(&suspects[i], count - i);
        cause->first = i;
        cause->holder = holder_at(figures, suspects[i].holder);
        i += cause->count;
    }
}

int causes_find(struct causes *causes, struct measured_line *suspects, size_t count,
                const struct figures *figures) {
    causes->list = calloc(count + 1, sizeof *causes->list);
    if (causes->list == NULL)
        return -ENOMEM;
    qsort(suspects, count, sizeof *suspects, by_holder);
    find_together(suspects, count);
    qsort(suspects, count, sizeof *suspects, by_cause);
    list(causes, suspects, count, figures);
    return 0;
}

void causes_finish(struct causes *causes) {
    free(causes->list);
    *causes = (struct causes){0};
}
