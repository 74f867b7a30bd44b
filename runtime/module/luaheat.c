/* SPDX-License-Identifier: MIT */
/*
 * What `require "luaheat"` gives a program (docs/module.md). luaheat-lua has it inside; anywhere
 * else it is luaheat.so, which has the runtime inside. It measures where the state is debugged,
 * here or by the luaheat-lua that has loaded it. While nobody debugs it, and with memory off, its
 * functions answer nil at once, and `measure` just calls.
 *
 *   heap()            -> bytes alive, bytes at the peak
 *   lap(name)            a window of the measurement ends, if one is open, and the next begins
 *   mark([name])         the phase of the last mark ends and one of that name begins
 *   measure(f, ...)   -> {growth, allocated, freed, allocations}, what f(...) returns
 *   lines([n])        -> the n lines with the most live bytes, as a list of
 *                        {source, line, allocations, allocated, freed, live, at_peak}
 *
 * and what lets a debugger in: debugging.h.
 */
#include "current.h"
#include "debugging.h"
#include "here.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Is this process luaheat-lua? Then it is the one that knows, whichever file this is. */
static bool is_interpreter(void) {
    return luaheat_current_figures != NULL;
}

/* The figures of the runtime that runs L, NULL if there is none. */
static const struct figures *figures_of(lua_State *L) {
    return is_interpreter() ? luaheat_current_figures(L) : here_figures(L);
}

static uint64_t open_window(lua_State *L, const char *name) {
    return is_interpreter() ? luaheat_current_open(L, name) : here_open(L, name);
}

static const struct window *close_window(lua_State *L, const char *name, uint64_t number) {
    return is_interpreter() ? luaheat_current_close(L, name, number) : here_close(L, name, number);
}

static void set_bytes(lua_State *L, const char *name, uint64_t bytes) {
    lua_pushinteger(L, (lua_Integer)bytes);
    lua_setfield(L, -2, name);
}

static int heap(lua_State *L) {
    const struct figures *figures = figures_of(L);
    if (figures == NULL)
        return 0;
    lua_pushinteger(L, (lua_Integer)figures->live);
    lua_pushinteger(L, (lua_Integer)figures->peak);
    return 2;
}

/* ---- windows ---- */

static int lap(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    if (figures_of(L) != NULL)
        (is_interpreter() ? luaheat_current_lap : here_lap)(L, name);
    return 0;
}

static int mark(lua_State *L) {
    const char *name = luaL_optstring(L, 1, NULL);
    if (figures_of(L) != NULL)
        (is_interpreter() ? luaheat_current_mark : here_mark)(L, name);
    return 0;
}

/* The measurement is called by where the function is defined. */
static void name_of(lua_State *L, int function, char name[WINDOWS_NAME_BYTES]) {
    lua_Debug record;
    lua_pushvalue(L, function);
    lua_getinfo(L, ">S", &record);
    const char *slash = strrchr(record.short_src, '/');
    snprintf(name, WINDOWS_NAME_BYTES, "%s:%d", slash != NULL ? slash + 1 : record.short_src,
             record.linedefined);
}

static void push_window(lua_State *L, const struct window *window) {
    lua_createtable(L, 0, 4);
    set_bytes(L, "growth", window->all.allocated - window->all.freed);
    set_bytes(L, "allocated", window->all.allocated);
    set_bytes(L, "freed", window->all.freed);
    set_bytes(L, "allocations", window->all.allocations);
}

/* Stack: the function, then what it has returned. `context`: the number of the window. */
static int finish_measure(lua_State *L, int status, lua_KContext context) {
    char name[WINDOWS_NAME_BYTES];
    const struct window *window = NULL;
    name_of(L, 1, name);
    if (context != 0 && figures_of(L) != NULL)
        window = close_window(L, name, (uint64_t)context);
    luaL_checkstack(L, 4, "too many results");
    if (window != NULL)
        push_window(L, window);
    else
        lua_pushnil(L);
    lua_replace(L, 1);
    return lua_gettop(L);
}

/* Below the arguments a copy of the function stays, which names the measurement. */
static int measure(lua_State *L) {
    char name[WINDOWS_NAME_BYTES];
    lua_KContext number = 0;
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_checkstack(L, 1, "too many arguments");
    lua_pushvalue(L, 1);
    lua_insert(L, 1);
    name_of(L, 1, name);
    if (figures_of(L) != NULL)
        number = (lua_KContext)open_window(L, name);
    lua_callk(L, lua_gettop(L) - 2, LUA_MULTRET, number, finish_measure);
    return finish_measure(L, LUA_OK, number);
}

/* ---- lines ---- */

struct line {
    uint32_t site;
    struct figures_cell all;
};

static struct line read_line(const struct figures *figures, uint32_t site) {
    struct line line = {.site = site};
    for (int kind = 0; kind < FIGURES_KINDS; kind++) {
        const struct figures_cell *cell = &figures->sites[site].cells[kind];
        line.all.allocations += cell->allocations;
        line.all.allocated += cell->allocated;
        line.all.freed += cell->freed;
        if (site != FIGURES_DEBUGGER)
            line.all.at_peak += figures_at_peak(figures, cell);
    }
    return line;
}

static int by_live(const void *a, const void *b) {
    uint64_t left = figures_live(&((const struct line *)a)->all);
    uint64_t right = figures_live(&((const struct line *)b)->all);
    return (left < right) - (left > right);
}

static void push_line(lua_State *L, const struct figures *figures, const struct line *line) {
    const struct figures_site *site = &figures->sites[line->site];
    const struct figures_source *source = &figures->sources[site->source];
    lua_createtable(L, 0, 7);
    if (source->path != 0)
        lua_pushstring(L, figures->text + source->path);
    else
        lua_pushlstring(L, figures->text + source->name, source->name_bytes);
    lua_setfield(L, -2, "source");
    set_bytes(L, "line", site->line);
    set_bytes(L, "allocations", line->all.allocations);
    set_bytes(L, "allocated", line->all.allocated);
    set_bytes(L, "freed", line->all.freed);
    set_bytes(L, "live", figures_live(&line->all));
    set_bytes(L, "at_peak", line->all.at_peak);
}

/* A moment's copy, before the answer itself allocates: a userdata, so that an error frees it. */
static int lines(lua_State *L) {
    lua_Integer most = luaL_optinteger(L, 1, LUA_MAXINTEGER);
    const struct figures *figures = figures_of(L);
    if (figures == NULL)
        return 0;
    uint32_t sites = figures->site_count, count = 0;
    struct line *list = lua_newuserdatauv(L, sites * sizeof *list, 0);
    for (uint32_t site = 0; site < sites; site++) {
        list[count] = read_line(figures, site);
        count += list[count].all.allocations > 0;
    }
    qsort(list, count, sizeof *list, by_live);
    lua_newtable(L);
    for (uint32_t i = 0; i < count && (lua_Integer)i < most; i++) {
        push_line(L, figures, &list[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

enum { FUNCTIONS = 5 };

static const luaL_Reg functions[FUNCTIONS + 1] = {
    {"heap", heap}, {"lap", lap},         {"lines", lines},
    {"mark", mark}, {"measure", measure}, {NULL, NULL},
};

LUAMOD_API int luaopen_luaheat(lua_State *L) {
    lua_createtable(L, 0, FUNCTIONS + DEBUGGING_FUNCTIONS);
    luaL_setfuncs(L, functions, 0);
    luaL_setfuncs(L, debugging_functions, 0);
    debugging_join(L);
    return 1;
}
