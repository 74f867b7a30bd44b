/* SPDX-License-Identifier: MIT */
/*
 * line_map: which lines of a file hold code, and of which function. lua_getinfo("L") knows one
 * function that is loaded; this knows the whole file before it is: the file is compiled in a
 * scratch state and the line information read out of a dump.
 */
#ifndef LUAHEAT_CONTROL_LINE_MAP_H
#define LUAHEAT_CONTROL_LINE_MAP_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct line_entry {
    int line;        /* 1-based */
    int function;    /* lua_Debug.linedefined of the function it belongs to; 0: the main chunk */
    bool has_run;    /* not only where a `for` ends */
    bool comes_back; /* Lua may tell of it though it does not begin (flow.h) */
};

/* Sorted by line, then function; each pair once. */
struct line_map {
    struct line_entry *items;
    size_t count, room;
};

/* Reads a file. 0, or a negative errno: then *problem, unless NULL, is why in Lua's own words (a
   syntax error, an unreadable file), the caller's to free(); it is NULL if memory is out. */
int line_map_load(struct line_map *map, const char *path, char **problem);

/* The same of code, which is called so in messages. */
int line_map_of_code(struct line_map *map, const char *code, size_t bytes, char **problem);

/* The same of the Lua function on top of the stack and those in it. Nothing is allocated in its
   heap. 0 or -ENOMEM. */
int line_map_of_function(struct line_map *map, lua_State *L);

void line_map_finish(struct line_map *map);

/* The first entry at or after the line; NULL if there is none. Its neighbours of the same line
 * follow. */
const struct line_entry *line_map_at(const struct line_map *map, int line);

/* The end of the entries. */
static inline const struct line_entry *line_map_end(const struct line_map *map) {
    return map->items + map->count;
}

/* The line maps of the files asked about last. Editors ask for the same files at every stop, and
   compiling one takes time. A file that has changed since is read again. */
struct cached_line_map {
    char *path;
    struct stat read; /* the file's state when it was read */
    struct line_map map;
    unsigned used; /* when; 0: this record is free */
};

enum { LINE_MAP_CACHE_FILES = 16 };

/* All zero is ready. */
struct line_map_cache {
    struct cached_line_map files[LINE_MAP_CACHE_FILES];
    unsigned time;
};

void line_map_cache_finish(struct line_map_cache *cache);

/* The map, valid until the next call; NULL with *problem, unless that is NULL, as line_map_load
   tells it. */
const struct line_map *line_map_cache_get(struct line_map_cache *cache, const char *path,
                                          char **problem);

#endif
