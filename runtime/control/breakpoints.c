/* SPDX-License-Identifier: MIT */
#include "breakpoints.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void breakpoints_drop(struct breakpoint *breakpoint) {
    free(breakpoint->message);
    breakpoint_options_finish(&breakpoint->options);
}

static void drop_some(struct breakpoint *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        breakpoints_drop(&list[i]);
}

void breakpoints_finish(struct breakpoints *breakpoints) {
    while (breakpoints->files != NULL) {
        struct breakpoint_file *file = breakpoints->files;
        breakpoints->files = file->next;
        drop_some(file->breakpoints, file->count);
        free(file->breakpoints);
        free(file->functions);
        free(file->lines);
        free(file->path);
        free(file);
    }
    line_map_cache_finish(&breakpoints->maps);
}

static struct breakpoint_file *find(const struct breakpoints *breakpoints, const char *path) {
    struct breakpoint_file *file = breakpoints->files;
    while (file != NULL && (file->path == NULL || strcmp(file->path, path) != 0))
        file = file->next;
    return file;
}

static struct breakpoint_file *find_code(const struct breakpoints *breakpoints,
                                         const struct chunk *chunk) {
    struct breakpoint_file *file = breakpoints->files;
    while (file != NULL && file->code != chunk)
        file = file->next;
    return file;
}

/* Of a path, which it takes over, or of code. NULL if memory is out. */
static struct breakpoint_file *add(struct breakpoints *breakpoints, char *path,
                                   const struct chunk *code) {
    struct breakpoint_file *file = calloc(1, sizeof *file);
    if (file == NULL || (path == NULL && code == NULL)) {
        free(path);
        free(file);
        return NULL;
    }
    file->path = path;
    file->code = code;
    file->next = breakpoints->files;
    breakpoints->files = file;
    return file;
}

struct breakpoint_file *breakpoints_of_code(struct breakpoints *breakpoints,
                                            const struct chunk *chunk) {
    struct breakpoint_file *file = find_code(breakpoints, chunk);
    return file != NULL ? file : add(breakpoints, NULL, chunk);
}

/* A file that did not exist has a record by the name it was asked by. */
struct breakpoint_file *breakpoints_of_path(struct breakpoints *breakpoints, const char *asked) {
    char *path = realpath(asked, NULL);
    struct breakpoint_file *file = find(breakpoints, asked);
    if (path == NULL)
        return file != NULL ? file : add(breakpoints, strdup(asked), NULL);
    if (file == NULL || find(breakpoints, path) != NULL) {
        file = find(breakpoints, path);
        if (file == NULL)
            return add(breakpoints, path, NULL);
        free(path);
        return file;
    }
    free(file->path);
    file->path = path;
    return file;
}

/* Messages are the caller's; NULL if memory is out: then the user sees none. */
static char *no_code(int asked) {
    char *message;
    return asprintf(&message, "Not set: there is no code at or after line %d", asked) < 0 ? NULL
                                                                                          : message;
}

static char *moved(int asked, int line) {
    char *message;
    return asprintf(&message, "Moved to line %d: line %d has no code", line, asked) < 0 ? NULL
                                                                                        : message;
}

/* Lua's own words ("cannot open <path>", "<path>:<line>: ...") read well behind "not set". */
static char *refused(const char *problem) {
    char *message;
    const char *why = problem != NULL ? problem : "not enough memory to read the file";
    return asprintf(&message, "Not set: %s", why) < 0 ? NULL : message;
}

static struct breakpoint_function *find_function(const struct breakpoint_file *file,
                                                 int linedefined) {
    for (size_t i = 0; i < file->function_count; i++)
        if (file->functions[i].linedefined == linedefined)
            return &file->functions[i];
    return NULL;
}

static void add_functions(struct breakpoint_file *file, const struct line_map *map,
                          const struct line_entry *entry) {
    int line = entry->line;
    for (; entry != line_map_end(map) && entry->line == line; entry++) {
        struct breakpoint_function *function = find_function(file, entry->function);
        if (function == NULL) {
            function = &file->functions[file->function_count++];
            *function = (struct breakpoint_function){.linedefined = entry->function};
        }
        function->follows |= entry->comes_back;
    }
}

static void add_followed_lines(struct breakpoint_file *file, const struct line_map *map) {
    for (const struct line_entry *entry = map->items; entry != line_map_end(map); entry++) {
        const struct breakpoint_function *function = find_function(file, entry->function);
        if (function != NULL && function->follows)
            file->lines[file->line_count++] = entry->line;
    }
}

/* Takes the message. */
static void settle(struct breakpoint *breakpoint, int line, char *message) {
    bool same_message = (message == NULL) == (breakpoint->message == NULL) &&
                        (message == NULL || strcmp(message, breakpoint->message) == 0);
    breakpoint->changed |= breakpoint->line != line || !same_message;
    breakpoint->line = line;
    free(breakpoint->message);
    breakpoint->message = message;
}

static void place(struct breakpoint *breakpoint, const struct line_entry *entry) {
    int asked = breakpoint->asked_line;
    if (entry == NULL)
        settle(breakpoint, 0, no_code(asked));
    else
        settle(breakpoint, entry->line, entry->line != asked ? moved(asked, entry->line) : NULL);
}

static void forget_functions(struct breakpoint_file *file) {
    free(file->functions);
    free(file->lines);
    file->functions = NULL;
    file->lines = NULL;
    file->function_count = file->line_count = 0;
}

/* Functions and lines are at most the entries of the map: that is the room. */
static void verify(struct breakpoint_file *file, const struct line_map *map) {
    forget_functions(file);
    file->functions = calloc(map->count + 1, sizeof *file->functions);
    file->lines = calloc(map->count + 1, sizeof *file->lines);
    file->waiting = false;
    if (file->functions == NULL || file->lines == NULL)
        return;
    for (size_t i = 0; i < file->count; i++) {
        struct breakpoint *breakpoint = &file->breakpoints[i];
        if (breakpoint->refused)
            continue;
        const struct line_entry *entry = line_map_at(map, breakpoint->asked_line);
        place(breakpoint, entry);
        if (entry != NULL)
            add_functions(file, map, entry);
    }
    add_followed_lines(file, map);
}

static void await(struct breakpoint_file *file, const char *problem) {
    file->waiting = true;
    forget_functions(file);
    for (size_t i = 0; i < file->count; i++)
        if (!file->breakpoints[i].refused)
            settle(&file->breakpoints[i], 0, refused(problem));
}

static void pass(struct breakpoints *breakpoints, int line) {
    unsigned bit = (unsigned)line % BREAKPOINTS_LINE_FILTER;
    breakpoints->line_filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

static void count(struct breakpoints *breakpoints, const struct breakpoint_file *file) {
    breakpoints->waiting += file->waiting;
    breakpoints->followed += file->line_count > 0;
    for (size_t i = 0; i < file->line_count; i++)
        pass(breakpoints, file->lines[i]);
    for (size_t i = 0; i < file->count; i++) {
        if (file->breakpoints[i].line == 0)
            continue;
        pass(breakpoints, file->breakpoints[i].line);
        breakpoints->verified++;
    }
}

static void recount(struct breakpoints *breakpoints) {
    breakpoints->verified = breakpoints->waiting = breakpoints->followed = 0;
    memset(breakpoints->line_filter, 0, sizeof breakpoints->line_filter);
    for (const struct breakpoint_file *file = breakpoints->files; file != NULL; file = file->next)
        count(breakpoints, file);
    breakpoints->version++;
}

/* The one with this id among the first `count`; NULL: none. Most stand where they stood: they are
   looked for from *at on, which then is behind the one. */
static const struct breakpoint *find_id(const struct breakpoint *list, size_t count, int id,
                                        size_t *at) {
    for (size_t i = 0; i < count; i++) {
        const struct breakpoint *one = &list[(*at + i) % count];
        if (one->id != id)
            continue;
        *at = (*at + i + 1) % count;
        return one;
    }
    return NULL;
}

static void keep_hits(const struct breakpoint_file *file, struct breakpoint *list, size_t count) {
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const struct breakpoint *old =
            find_id(file->breakpoints, file->count - file->kept, list[i].id, &at);
        if (old != NULL && breakpoint_options_same(&old->options, &list[i].options))
            list[i].options.hits = old->options.hits;
    }
}

static void read_file(struct breakpoints *breakpoints, struct breakpoint_file *file) {
    char *problem;
    const struct line_map *map = line_map_cache_get(&breakpoints->maps, file->path, &problem);
    if (map != NULL)
        verify(file, map);
    else
        await(file, problem);
    free(problem);
}

static void read_code(struct breakpoint_file *file) {
    char *problem;
    struct line_map map;
    if (line_map_of_code(&map, file->code->name, file->code->name_bytes, &problem) == 0)
        verify(file, &map);
    else
        await(file, problem);
    line_map_finish(&map);
    free(problem);
}

/* Everything is to be found out anew. */
static void look_again(struct breakpoints *breakpoints, struct breakpoint_file *file) {
    forget_functions(file);
    file->waiting = false;
    if (file->count > 0 && file->code != NULL)
        read_code(file);
    else if (file->count > 0)
        read_file(breakpoints, file);
    for (size_t i = 0; i < file->count; i++)
        file->breakpoints[i].changed = false; /* the answer tells */
    recount(breakpoints);
}

int breakpoints_replace(struct breakpoints *breakpoints, struct breakpoint_file *file,
                        const struct breakpoint *asked, size_t count) {
    size_t old = file->count - file->kept, all = count + file->kept;
    struct breakpoint *list = calloc(all > 0 ? all : 1, sizeof *list);
    if (list == NULL)
        return -ENOMEM;
    memcpy(list, asked, count * sizeof *list);
    keep_hits(file, list, count);
    if (file->kept > 0)
        memcpy(list + count, file->breakpoints + old, file->kept * sizeof *list);
    drop_some(file->breakpoints, old);
    free(file->breakpoints);
    file->breakpoints = list;
    file->count = all;
    look_again(breakpoints, file);
    return 0;
}

const struct breakpoint *breakpoints_keep(struct breakpoints *breakpoints, const char *path,
                                          const struct breakpoint *asked) {
    struct breakpoint_file *file = breakpoints_of_path(breakpoints, path);
    if (file == NULL)
        return NULL;
    struct breakpoint *list = realloc(file->breakpoints, (file->count + 1) * sizeof *list);
    if (list == NULL)
        return NULL;
    file->breakpoints = list;
    list[file->count++] = *asked;
    file->kept++;
    look_again(breakpoints, file);
    return &file->breakpoints[file->count - 1];
}

void breakpoints_drop_kept(struct breakpoints *breakpoints) {
    for (struct breakpoint_file *file = breakpoints->files; file != NULL; file = file->next) {
        if (file->kept == 0)
            continue;
        file->count -= file->kept;
        drop_some(file->breakpoints + file->count, file->kept);
        file->kept = 0;
        look_again(breakpoints, file);
    }
}

/* What a chunk without a file is called as one: "@name" made absolute. False if it is not. */
static bool nominal_path(const struct chunk *chunk, char path[PATH_MAX]) {
    if (chunk->name[0] != '@' || chunk->name_bytes >= PATH_MAX)
        return false;
    if (chunk->name[1] == '/') {
        memcpy(path, chunk->name + 1, chunk->name_bytes); /* with its NUL */
        return true;
    }
    if (getcwd(path, PATH_MAX) == NULL)
        return false;
    size_t size = strlen(path);
    const char *name = chunk->name + (strncmp(chunk->name, "@./", 3) == 0 ? 3 : 1);
    return snprintf(path + size, PATH_MAX - size, "/%s", name) < (int)(PATH_MAX - size);
}

/* A record is waiting under the name it was asked by, which may have become another path. */
static struct breakpoint_file *find_waiting(const struct breakpoints *breakpoints,
                                            const struct chunk *chunk) {
    char path[PATH_MAX];
    for (struct breakpoint_file *file = breakpoints->files; file != NULL; file = file->next)
        if (file->waiting && file->path != NULL && chunk->path != NULL &&
            realpath(file->path, path) != NULL && strcmp(path, chunk->path) == 0)
            return file;
    return chunk->path == NULL && nominal_path(chunk, path) ? find(breakpoints, path) : NULL;
}

static struct breakpoint_file *find_file(const struct breakpoints *breakpoints,
                                         const struct chunk *chunk) {
    struct breakpoint_file *file =
        chunk->path != NULL ? find(breakpoints, chunk->path) : find_code(breakpoints, chunk);
    return file != NULL ? file : find_waiting(breakpoints, chunk);
}

static void adopt_path(struct breakpoint_file *file, const struct chunk *chunk) {
    char *path = chunk->path != NULL ? strdup(chunk->path) : NULL;
    if (path == NULL)
        return;
    free(file->path);
    file->path = path;
}

struct breakpoint_file *breakpoints_loaded(struct breakpoints *breakpoints, struct chunk *chunk,
                                           lua_State *L) {
    struct breakpoint_file *file = chunk != NULL ? find_file(breakpoints, chunk) : NULL;
    struct line_map map;
    if (file == NULL || file->count == 0 || line_map_of_function(&map, L) != 0)
        return NULL;
    adopt_path(file, chunk);
    verify(file, &map);
    line_map_finish(&map);
    bool changed = false;
    for (size_t i = 0; i < file->count; i++)
        changed |= file->breakpoints[i].changed;
    if (changed)
        recount(breakpoints);
    return changed ? file : NULL;
}

const struct breakpoint_file *breakpoints_of(struct breakpoints *breakpoints,
                                             const struct chunk *chunk) {
    if (chunk == NULL)
        return NULL;
    struct breakpoints_of_chunk *found =
        &breakpoints->found[(unsigned)chunk->id % BREAKPOINTS_CHUNKS];
    if (found->chunk != chunk->id || found->version != breakpoints->version) {
        const struct breakpoint_file *file = find_file(breakpoints, chunk);
        *found = (struct breakpoints_of_chunk){chunk->id, breakpoints->version,
                                               file != NULL && file->count > 0 ? file : NULL};
    }
    return found->file;
}

const struct breakpoint_function *breakpoints_in_function(const struct breakpoint_file *file,
                                                          int linedefined) {
    return find_function(file, linedefined);
}
