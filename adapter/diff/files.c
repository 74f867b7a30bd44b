/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A path that has no partner yet. */
struct path {
    const char *source;
    const char *ending; /* its last components, each with the slash in front; NULL: it has fewer */
    size_t index;       /* in its recording */
    bool is_before;
    bool matched;
};

struct paths {
    struct path *list;
    size_t count;
};

static void match_sources(const struct recording *before, const struct recording *after,
                          size_t *partners) {
    size_t at = 0;
    for (size_t i = 0; i < before->count; i++) {
        int order = -1;
        while (at < after->count &&
               (order = strcmp(after->files[at].source, before->files[i].source)) < 0)
            at++;
        partners[i] = at < after->count && order == 0 ? at++ : FILES_NONE;
    }
}

static void add_path(struct paths *paths, const struct recorded_file *file, size_t index,
                     bool is_before) {
    if (file->source[0] == '/')
        paths->list[paths->count++] =
            (struct path){.source = file->source, .index = index, .is_before = is_before};
}

static void collect(struct paths *paths, const struct recording *before,
                    const struct recording *after, const size_t *partners, bool *taken) {
    for (size_t i = 0; i < before->count; i++)
        if (partners[i] != FILES_NONE)
            taken[partners[i]] = true;
        else
            add_path(paths, &before->files[i], i, true);
    for (size_t i = 0; i < after->count; i++)
        if (!taken[i])
            add_path(paths, &after->files[i], i, false);
}

static size_t depth(const char *path) {
    size_t slashes = 0;
    for (; *path != '\0'; path++)
        slashes += *path == '/';
    return slashes;
}

static size_t deepest(const struct paths *paths) {
    size_t most = 0;
    for (size_t i = 0; i < paths->count; i++) {
        size_t here = depth(paths->list[i].source);
        if (here > most)
            most = here;
    }
    return most;
}

static const char *ending_of(const char *path, size_t components) {
    const char *at = path + strlen(path);
    while (components > 0 && at > path)
        if (*--at == '/')
            components--;
    return components == 0 ? at : NULL;
}

/* Those without an ending last. */
static int compare_endings(const void *left, const void *right) {
    const struct path *a = left, *b = right;
    if (a->ending == NULL || b->ending == NULL)
        return (a->ending == NULL) - (b->ending == NULL);
    return strcmp(a->ending, b->ending);
}

static bool same_ending(const struct path *a, const struct path *b) {
    return a->ending != NULL && b->ending != NULL && strcmp(a->ending, b->ending) == 0;
}

static void match_pair(struct path *a, struct path *b, size_t *partners) {
    if (a->is_before == b->is_before)
        return;
    const struct path *before = a->is_before ? a : b, *after = a->is_before ? b : a;
    partners[before->index] = after->index;
    a->matched = b->matched = true;
}

static void remove_matched(struct paths *paths) {
    size_t kept = 0;
    for (size_t i = 0; i < paths->count; i++)
        if (!paths->list[i].matched)
            paths->list[kept++] = paths->list[i];
    paths->count = kept;
}

/* Pairs the paths that nobody else shares an ending of so many components with. */
static void match_endings(struct paths *paths, size_t components, size_t *partners) {
    for (size_t i = 0; i < paths->count; i++)
        paths->list[i].ending = ending_of(paths->list[i].source, components);
    if (paths->count > 1)
        qsort(paths->list, paths->count, sizeof *paths->list, compare_endings);
    for (size_t start = 0, end; start < paths->count; start = end) {
        end = start + 1;
        while (end < paths->count && same_ending(&paths->list[start], &paths->list[end]))
            end++;
        if (end - start == 2)
            match_pair(&paths->list[start], &paths->list[start + 1], partners);
    }
    remove_matched(paths);
}

int files_match(const struct recording *before, const struct recording *after, size_t *partners) {
    struct paths paths = {.list = calloc(before->count + after->count + 1, sizeof *paths.list)};
    bool *taken = calloc(after->count + 1, sizeof *taken);
    int error = paths.list != NULL && taken != NULL ? 0 : -ENOMEM;
    if (error == 0) {
        match_sources(before, after, partners);
        collect(&paths, before, after, partners, taken);
        for (size_t components = deepest(&paths); components > 0; components--)
            match_endings(&paths, components, partners);
    }
    free(paths.list);
    free(taken);
    return error;
}
