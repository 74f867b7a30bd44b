/* SPDX-License-Identifier: MIT */
#include "source_paths.h"

#include "alloc.h"
#include "arguments.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Roots without a slash at their end; that of all files is "". */
struct path_map {
    char *local, *remote;
    char *real; /* what the remote one is a link to: Lua's files are told so; or the same */
    bool windows;
};

/* ---- roots ---- */

static bool has_drive(const char *path) {
    return isalpha((unsigned char)path[0]) && path[1] == ':' && strchr("/\\", path[2]) != NULL;
}

static bool is_windows(const char *path) {
    return has_drive(path) || strncmp(path, "\\\\", 2) == 0;
}

static char *without_slashes(const char *root) {
    char *copy = alloc_text(root);
    size_t size = strlen(copy);
    while (size > 0 && strchr("/\\", copy[size - 1]) != NULL)
        copy[--size] = '\0';
    return copy;
}

static char *real_root(const char *root) {
    char *real = realpath(root[0] != '\0' ? root : "/", NULL);
    char *copy = without_slashes(real != NULL ? real : root);
    free(real);
    return copy;
}

static void add(struct source_paths *paths, const char *local, const char *remote) {
    alloc_reserve(paths, 1);
    struct path_map *map = &paths->items[paths->count++];
    map->windows = is_windows(local);
    map->local = without_slashes(local);
    map->remote = without_slashes(remote);
    map->real = real_root(map->remote);
}

static void read_pair(struct source_paths *paths, struct arguments *of_pair,
                      struct arguments *arguments) {
    const char *local = arguments_required_string(of_pair, "localRoot");
    const char *remote = arguments_required_string(of_pair, "remoteRoot");
    if (of_pair->problem != NULL)
        arguments_reject(arguments, "In 'pathMappings': %s", of_pair->problem);
    else if (local[0] != '/' && !is_windows(local))
        arguments_reject(arguments, "'localRoot' must be an absolute path: '%s'", local);
    else if (remote[0] != '/')
        arguments_reject(arguments, "'remoteRoot' must be an absolute path: '%s'", remote);
    else
        add(paths, local, remote);
}

static void read_mappings(struct source_paths *paths, struct arguments *arguments) {
    const cJSON *one, *mappings = arguments_array(arguments, "pathMappings");
    cJSON_ArrayForEach(one, mappings) {
        struct arguments of_one = arguments_of(one);
        if (cJSON_IsObject(one))
            read_pair(paths, &of_one, arguments);
        else
            arguments_reject(arguments, "'pathMappings' must hold objects with a 'localRoot' and a "
                                        "'remoteRoot'");
        arguments_finish(&of_one);
    }
}

void source_paths_read(struct source_paths *paths, struct arguments *arguments) {
    *paths = (struct source_paths){0};
    const char *local = arguments_string(arguments, "localRoot", NULL);
    const char *remote = arguments_string(arguments, "remoteRoot", NULL);
    read_mappings(paths, arguments);
    if (local != NULL && remote != NULL)
        read_pair(paths, arguments, arguments);
    else if (local != NULL || remote != NULL)
        arguments_reject(arguments, "'localRoot' and 'remoteRoot' need each other: where the same "
                                    "files are for the editor and for the program");
}

void source_paths_finish(struct source_paths *paths) {
    for (size_t i = 0; i < paths->count; i++) {
        free(paths->items[i].local);
        free(paths->items[i].remote);
        free(paths->items[i].real);
    }
    free(paths->items);
    *paths = (struct source_paths){0};
}

/* ---- one path ---- */

static char as_compared(char byte, bool windows) {
    if (!windows)
        return byte;
    return (char)(byte == '\\' ? '/' : tolower((unsigned char)byte));
}

/* How much of the path the root is, if it is one of it; -1: it is not. */
static long matched(const char *root, const char *path, bool windows) {
    size_t size = 0;
    for (; root[size] != '\0'; size++)
        if (as_compared(root[size], windows) != as_compared(path[size], windows))
            return -1;
    char next = as_compared(path[size], windows);
    return next == '/' || next == '\0' ? (long)size : -1;
}

enum direction { FROM_CLIENT, TO_CLIENT };

static long matched_by(const struct path_map *map, const char *path, enum direction direction) {
    if (direction == FROM_CLIENT)
        return matched(map->local, path, map->windows);
    long size = matched(map->remote, path, false), real = matched(map->real, path, false);
    return size > real ? size : real;
}

static char *with_root(const struct path_map *map, const char *rest, enum direction direction) {
    char *path = alloc_printed("%s%s", direction == FROM_CLIENT ? map->remote : map->local, rest);
    char from = direction == FROM_CLIENT ? '\\' : '/', to = from == '/' ? '\\' : '/';
    for (char *at = path + strlen(path) - strlen(rest); map->windows && *at != '\0'; at++)
        if (*at == from)
            *at = to;
    return path;
}

/* NULL: it stays. */
static char *convert(const struct source_paths *paths, const char *path, enum direction direction) {
    const struct path_map *best = NULL;
    long longest = -1;
    for (size_t i = 0; i < paths->count; i++) {
        long size = matched_by(&paths->items[i], path, direction);
        if (size <= longest)
            continue;
        longest = size;
        best = &paths->items[i];
    }
    return best != NULL ? with_root(best, path + longest, direction) : NULL;
}

static void convert_text(const struct source_paths *paths, cJSON *text, enum direction direction) {
    if (!cJSON_IsString(text))
        return;
    char *converted = convert(paths, text->valuestring, direction);
    if (converted != NULL)
        alloc_checked(cJSON_SetValuestring(text, converted));
    free(converted);
}

void source_paths_text_from_client(const struct source_paths *paths, cJSON *text) {
    convert_text(paths, text, FROM_CLIENT);
}

void source_paths_text_to_client(const struct source_paths *paths, cJSON *text) {
    convert_text(paths, text, TO_CLIENT);
}

static char *convert_one(const struct source_paths *paths, const char *path,
                         enum direction direction) {
    char *converted = convert(paths, path, direction);
    return converted != NULL ? converted : alloc_text(path);
}

char *source_paths_one_from_client(const struct source_paths *paths, const char *path) {
    return convert_one(paths, path, FROM_CLIENT);
}

char *source_paths_one_to_client(const struct source_paths *paths, const char *path) {
    return convert_one(paths, path, TO_CLIENT);
}

/* ---- messages ---- */

static bool is_named(const cJSON *item, const char *name) {
    return item->string != NULL && strcmp(item->string, name) == 0;
}

static void convert_source(const struct source_paths *paths, cJSON *source,
                           enum direction direction) {
    if (cJSON_IsObject(source))
        convert_text(paths, cJSON_GetObjectItemCaseSensitive(source, "path"), direction);
    else if (direction == FROM_CLIENT)
        convert_text(paths, source, direction);
}

static void convert_all(const struct source_paths *paths, cJSON *json, enum direction direction) {
    cJSON *item, *source;
    cJSON_ArrayForEach(item, json) {
        if (is_named(item, "source"))
            convert_source(paths, item, direction);
        else if (is_named(item, "sources") && cJSON_IsArray(item))
            cJSON_ArrayForEach(source, item) convert_source(paths, source, direction);
        if ((cJSON_IsObject(item) || cJSON_IsArray(item)) && !is_named(item, "env"))
            convert_all(paths, item, direction);
    }
}

void source_paths_from_client(const struct source_paths *paths, cJSON *json) {
    if (paths->count > 0)
        convert_all(paths, json, FROM_CLIENT);
}

void source_paths_to_client(const struct source_paths *paths, cJSON *json) {
    if (paths->count > 0)
        convert_all(paths, json, TO_CLIENT);
}
