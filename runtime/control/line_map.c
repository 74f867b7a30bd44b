/* SPDX-License-Identifier: MIT */
#include "line_map.h"

#include "array.h"
#include "dump.h"
#include "flow.h"
#include "release.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

static bool add(struct line_map *map, const struct line_entry *entry) {
    struct line_entry *added = array_add(map);
    if (added != NULL)
        *added = *entry;
    return added != NULL;
}

/* The first instruction of a vararg function only prepares its arguments: it is no place to stop.
 */
static bool add_lines(void *data, const struct dump_function *function) {
    struct line_map *map = data;
    size_t first = function->vararg ? 1 : 0;
    for (size_t i = first; i < function->count; i++) {
        struct line_entry entry = {.line = function->lines[i], .function = function->linedefined};
        bool same = i > first && function->lines[i - 1] == entry.line;
        entry.comes_back = flow_comes_back(function, i) || release_forgets_line();
        entry.has_run = !same && !flow_ends_loop(function, i);
        if ((!same || entry.comes_back) && !add(map, &entry))
            return false;
    }
    return true;
}

static int compare(const void *left, const void *right) {
    const struct line_entry *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->function > b->function) - (a->function < b->function);
}

static void merge(struct line_entry *entry, const struct line_entry *same) {
    entry->comes_back |= same->comes_back || (entry->has_run && same->has_run);
    entry->has_run |= same->has_run;
}

static void sort(struct line_map *map) {
    if (map->count == 0)
        return;
    qsort(map->items, map->count, sizeof *map->items, compare);
    size_t kept = 1;
    for (size_t i = 1; i < map->count; i++)
        if (compare(&map->items[i], &map->items[kept - 1]) != 0)
            map->items[kept++] = map->items[i];
        else
            merge(&map->items[kept - 1], &map->items[i]);
    map->count = kept;
}

int line_map_of_function(struct line_map *map, lua_State *L) {
    *map = (struct line_map){0};
    int error = dump_read(L, add_lines, map);
    if (error != 0)
        line_map_finish(map);
    else
        sort(map);
    return error;
}

/* A file, or code. */
struct compiling {
    struct line_map *map;
    const char *path; /* NULL: code */
    const char *code;
    size_t bytes;
    char *problem;
    int error;
};

static int load(lua_State *L, const struct compiling *compiling) {
    if (compiling->path != NULL)
        return luaL_loadfile(L, compiling->path);
    return luaL_loadbufferx(L, compiling->code, compiling->bytes, compiling->code, "t");
}

static int compile(lua_State *L) {
    struct compiling *compiling = lua_touserdata(L, 1);
    if (load(L, compiling) == LUA_OK) {
        compiling->error = line_map_of_function(compiling->map, L);
        return 0;
    }
    const char *message = lua_tostring(L, -1);
    compiling->problem = message != NULL ? strdup(message) : NULL;
    compiling->error = -EINVAL;
    return 0;
}

static int compile_apart(struct compiling *compiling, char **problem) {
    *compiling->map = (struct line_map){0};
    int error = release_try(NULL, NULL, compile, compiling);
    if (problem != NULL)
        *problem = compiling->problem;
    else
        free(compiling->problem);
    return error != 0 ? error : compiling->error;
}

int line_map_load(struct line_map *map, const char *path, char **problem) {
    struct compiling compiling = {.map = map, .path = path};
    return compile_apart(&compiling, problem);
}

int line_map_of_code(struct line_map *map, const char *code, size_t bytes, char **problem) {
    struct compiling compiling = {.map = map, .code = code, .bytes = bytes};
    return compile_apart(&compiling, problem);
}

void line_map_finish(struct line_map *map) {
    free(map->items);
    *map = (struct line_map){0};
}

const struct line_entry *line_map_at(const struct line_map *map, int line) {
    size_t low = 0, high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->items[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < map->count ? &map->items[low] : NULL;
}

/* ---- those asked about last ---- */

static void clear(struct cached_line_map *file) {
    free(file->path);
    line_map_finish(&file->map);
    *file = (struct cached_line_map){0};
}

void line_map_cache_finish(struct line_map_cache *cache) {
    for (size_t i = 0; i < LINE_MAP_CACHE_FILES; i++)
        clear(&cache->files[i]);
}

static bool unchanged(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* The record of the path, or else the one that was used longest ago. */
static struct cached_line_map *choose(struct line_map_cache *cache, const char *path) {
    struct cached_line_map *oldest = &cache->files[0];
    for (size_t i = 0; i < LINE_MAP_CACHE_FILES; i++) {
        struct cached_line_map *file = &cache->files[i];
        if (file->path != NULL && strcmp(file->path, path) == 0)
            return file;
        if (file->used < oldest->used)
            oldest = file;
    }
    clear(oldest);
    oldest->path = strdup(path);
    return oldest;
}

const struct line_map *line_map_cache_get(struct line_map_cache *cache, const char *path,
                                          char **problem) {
    struct stat now;
    if (problem != NULL)
        *problem = NULL;
    bool exists = stat(path, &now) == 0;
    struct cached_line_map *file = choose(cache, path);
    if (exists && file->used > 0 && unchanged(&file->read, &now)) {
        file->used = ++cache->time;
        return &file->map;
    }
    line_map_finish(&file->map);
    file->used = 0;
    if (file->path == NULL || line_map_load(&file->map, path, problem) != 0)
        return NULL;
    file->read = now;
    file->used = exists ? ++cache->time : 0;
    return &file->map;
}
