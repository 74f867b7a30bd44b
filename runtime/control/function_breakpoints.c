/* SPDX-License-Identifier: MIT */
#include "function_breakpoints.h"

#include "account.h"
#include "definitions.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Lua itself gives up after so many (MAXTAGLOOP); few classes are that deep. */
enum { INDEX_LOOPS = 100 };

/* Its address is the key in the registry under which the names are kept. */
static const char kept_names = 0;

void function_breakpoints_drop(struct function_breakpoint *breakpoint) {
    free(breakpoint->name);
    free(breakpoint->message);
    breakpoint_options_finish(&breakpoint->options);
}

static void clear(struct function_breakpoints *functions) {
    for (size_t i = 0; i < functions->count; i++)
        function_breakpoints_drop(&functions->list[i]);
    free(functions->list);
    pointer_map_finish(&functions->known);
    *functions = (struct function_breakpoints){0};
}

void function_breakpoints_finish(struct function_breakpoints *functions) {
    clear(functions);
}

static void keep_hits(const struct function_breakpoints *functions,
                      struct function_breakpoint *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < functions->count; j++)
            if (functions->list[j].id == list[i].id &&
                breakpoint_options_same(&functions->list[j].options, &list[i].options))
                list[i].options.hits = functions->list[j].options.hits;
}

int function_breakpoints_replace(struct function_breakpoints *functions,
                                 const struct function_breakpoint *asked, size_t count) {
    struct function_breakpoint *list = calloc(count + 1, sizeof *list);
    if (list == NULL)
        return -ENOMEM;
    memcpy(list, asked, count * sizeof *list);
    keep_hits(functions, list, count);
    clear(functions);
    functions->list = list;
    functions->count = count;
    return 0;
}

static size_t name_size(const char *at) {
    size_t size = 0;
    while (text_in_name(at[size]))
        size++;
    return *at >= '0' && *at <= '9' ? 0 : size;
}

const char *function_breakpoints_check_name(const char *name) {
    static const char problem[] = "this is no function's name: write f, M.f or Class:method";
    for (const char *at = name;; at++) {
        size_t size = name_size(at);
        if (size == 0)
            return problem;
        at += size;
        if (*at == '\0')
            return NULL;
        if (*at != '.' && *at != ':')
            return problem;
    }
}

/* Appends the parts of the name to the table on top. */
static int keep_parts(lua_State *L, const char *name, int next) {
    int parts = 0;
    for (const char *at = name;; at++) {
        size_t size = name_size(at);
        lua_pushlstring(L, at, size);
        lua_rawseti(L, -2, next + parts++);
        at += size;
        if (*at == '\0')
            return parts;
    }
}

static int keep_names(lua_State *L) {
    struct function_breakpoints *functions = lua_touserdata(L, 1);
    int next = 1;
    lua_newtable(L);
    for (size_t i = 0; i < functions->count; i++) {
        struct function_breakpoint *breakpoint = &functions->list[i];
        breakpoint->first = next;
        breakpoint->parts = breakpoint->message == NULL ? keep_parts(L, breakpoint->name, next) : 0;
        next += breakpoint->parts;
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &kept_names);
    return 0;
}

static bool names_are_kept(struct function_breakpoints *functions, lua_State *L) {
    if (functions->kept)
        return true;
    lua_pushcfunction(L, keep_names);
    lua_pushlightuserdata(L, functions);
    functions->kept = account_call(account_of(L), L, 1, 0) == LUA_OK;
    if (!functions->kept)
        lua_pop(L, 1);
    return functions->kept;
}

void function_breakpoints_detach(struct function_breakpoints *functions, lua_State *L) {
    bool any = lua_rawgetp(L, LUA_REGISTRYINDEX, &kept_names) != LUA_TNIL;
    lua_pop(L, 1);
    functions->kept = false;
    if (!any)
        return;
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &kept_names);
}

/* Stack: names, value. The value becomes its field, found in itself or in its __index tables. */
static void go_to_field(lua_State *L, int names, int part) {
    for (int loop = 0; loop < INDEX_LOOPS && lua_istable(L, -1); loop++) {
        lua_rawgeti(L, names, part);
        if (lua_rawget(L, -2) != LUA_TNIL) {
            lua_remove(L, -2);
            return;
        }
        lua_pop(L, 1);
        if (!lua_getmetatable(L, -1))
            break;
        lua_pushliteral(L, "__index"); /* exists as long as the state */
        lua_rawget(L, -2);
        lua_replace(L, -3);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    lua_pushnil(L);
}

/* The value on top is what the first part of the name means: does the rest lead to the function?
   Pops the value. */
static bool leads_to(lua_State *L, int names, const struct function_breakpoint *breakpoint,
                     const void *function) {
    for (int i = 1; i < breakpoint->parts; i++)
        go_to_field(L, names, breakpoint->first + i);
    bool found = lua_isfunction(L, -1) && lua_topointer(L, -1) == function;
    lua_pop(L, 1);
    return found;
}

static uint64_t named_from_globals(const struct function_breakpoints *functions, lua_State *L,
                                   int names, const void *function) {
    uint64_t found = 0;
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    for (size_t i = 0; i < functions->count; i++) {
        const struct function_breakpoint *breakpoint = &functions->list[i];
        if (breakpoint->parts == 0)
            continue;
        lua_rawgeti(L, names, breakpoint->first);
        lua_rawget(L, -2);
        if (leads_to(L, names, breakpoint, function))
            found |= UINT64_C(1) << i;
    }
    lua_pop(L, 1);
    return found;
}

static bool begins_with(const char *path, const char *name) {
    size_t size = strlen(name);
    return strncmp(path, name, size) == 0 && name_size(path) == size;
}

/* Of the local or upvalue `name`, whose value is on top. */
static uint64_t named_from(const struct function_breakpoints *functions, lua_State *L, int names,
                           const char *name, const void *function) {
    uint64_t found = 0;
    for (size_t i = 0; i < functions->count; i++) {
        const struct function_breakpoint *breakpoint = &functions->list[i];
        if (breakpoint->parts == 0 || !begins_with(breakpoint->name, name))
            continue;
        lua_pushvalue(L, -1);
        if (leads_to(L, names, breakpoint, function))
            found |= UINT64_C(1) << i;
    }
    return found;
}

static uint64_t named_by_caller(const struct function_breakpoints *functions, lua_State *L,
                                int names, const void *function) {
    uint64_t found = 0;
    lua_Debug caller;
    const char *name;
    if (!lua_getstack(L, 1, &caller))
        return 0;
    for (int n = 1; (name = lua_getlocal(L, &caller, n)) != NULL; n++, lua_pop(L, 1))
        found |= named_from(functions, L, names, name, function);
    lua_getinfo(L, "f", &caller);
    for (int n = 1; (name = lua_getupvalue(L, -1, n)) != NULL; n++, lua_pop(L, 1))
        found |= named_from(functions, L, names, name, function);
    lua_pop(L, 1);
    return found;
}

/* A key of `known`: never NULL. Line 0, the main function's, stands for "has been scanned". */
static const void *key_of(const struct chunk *chunk, int line) {
    return (const void *)((((uintptr_t)chunk->id << 32 | (unsigned)line) << 4) | 1);
}

/* False if nothing is known. A set is stored so that it is never NULL. */
static bool recall(const struct function_breakpoints *functions, const struct chunk *chunk,
                   int line, uint64_t *set) {
    uintptr_t stored = (uintptr_t)pointer_map_get(&functions->known, key_of(chunk, line));
    *set = stored >> 1;
    return stored != 0;
}

static void remember(struct function_breakpoints *functions, const struct chunk *chunk, int line,
                     uint64_t set) {
    pointer_map_put(&functions->known, key_of(chunk, line), (void *)(uintptr_t)(set << 1 | 1));
}

struct scan {
    struct function_breakpoints *functions;
    const struct chunk *chunk;
};

/* ':' and '.' lead to the same field. */
static bool same_name(const char *asked, const char *name, size_t size) {
    if (strlen(asked) != size)
        return false;
    for (size_t i = 0; i < size; i++)
        if ((asked[i] == ':' ? '.' : asked[i]) != (name[i] == ':' ? '.' : name[i]))
            return false;
    return true;
}

static void note_definition(void *data, const char *name, size_t size, int line) {
    struct scan *scan = data;
    uint64_t set;
    recall(scan->functions, scan->chunk, line, &set);
    uint64_t before = set;
    for (size_t i = 0; i < scan->functions->count; i++)
        if (scan->functions->list[i].message == NULL &&
            same_name(scan->functions->list[i].name, name, size))
            set |= UINT64_C(1) << i;
    if (set != before)
        remember(scan->functions, scan->chunk, line, set);
}

static void scan_file(struct scan *scan) {
    FILE *file = fopen(scan->chunk->path, "rb");
    struct stat status;
    if (file == NULL)
        return;
    size_t size = fstat(fileno(file), &status) == 0 ? (size_t)status.st_size : 0;
    char *text = malloc(size + 1);
    if (text != NULL)
        definitions_scan(text, fread(text, 1, size, file), note_definition, scan);
    free(text);
    fclose(file);
}

static void scan_chunk(struct function_breakpoints *functions, const struct chunk *chunk) {
    struct scan scan = {functions, chunk};
    if (chunk->path != NULL)
        scan_file(&scan);
    else if (chunk->name[0] != '@' && chunk->name[0] != '=')
        definitions_scan(chunk->name, chunk->name_bytes, note_definition, &scan);
    remember(functions, chunk, 0, 0);
}

static uint64_t find_out(struct function_breakpoints *functions, lua_State *L, int names,
                         const void *function, const struct chunk *chunk, int line) {
    uint64_t set;
    if (!recall(functions, chunk, 0, &set))
        scan_chunk(functions, chunk);
    recall(functions, chunk, line, &set);
    set |= named_by_caller(functions, L, names, function);
    remember(functions, chunk, line, set);
    return set;
}

void function_breakpoints_forget(struct function_breakpoints *functions) {
    pointer_map_finish(&functions->known);
    functions->known = (struct pointer_map){0};
}

/* Stack, above what was there: the names. */
uint64_t function_breakpoints_called(struct function_breakpoints *functions, lua_State *L,
                                     const void *address, const struct chunk *chunk,
                                     int linedefined) {
    uint64_t set = 0;
    bool known = chunk != NULL && recall(functions, chunk, linedefined, &set);
    if (!names_are_kept(functions, L))
        return set;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &kept_names);
    int names = lua_gettop(L);
    if (!known && chunk != NULL && linedefined > 0)
        set = find_out(functions, L, names, address, chunk, linedefined);
    set |= named_from_globals(functions, L, names, address);
    lua_pop(L, 1);
    return set;
}
