/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include "collector.h"
#include "largest.h"
#include "retainers.h"
#include "stop.h"

#include <lauxlib.h>
#include <string.h>

const struct command_name commands_names[] = {
    {"top", "top(count): the lines that have grown most since the last stop"},
    {"since", "since(stop, count): the lines that have grown most since that stop"},
    {"measurements", "measurements(): windows, and what stays of them"},
    {"suspects", "suspects(): lines that look like leaks"},
    {"why", "why(value): who holds it"},
    {"size", "size(value): its bytes, and those that it alone retains"},
    {"tables", "tables(count, sort): the tables that retain most, or (\"bytes\") are largest"},
    {"strings", "strings(count): equal strings that there are many times"},
    {"collect", "collect(): a full garbage collection"},
    {NULL, NULL},
};

/* In one of the table's functions: the stop, if the function may be called. */
static struct stop *stop_of(lua_State *L) {
    const struct stop_history *history = lua_touserdata(L, lua_upvalueindex(1));
    if (history->console == NULL)
        luaL_error(L, "%s is for the console", COMMANDS_TABLE);
    return history->console;
}

/* What was asked with this word. */
static cJSON *ask(lua_State *L, const char *command) {
    cJSON *asked = stop_of(L)->history->asked, *one = cJSON_CreateObject();
    cJSON_AddStringToObject(one, "command", command);
    cJSON_AddItemToArray(asked, one);
    return one;
}

static lua_Integer count_at(lua_State *L, int index, lua_Integer otherwise) {
    lua_Integer count = luaL_optinteger(L, index, otherwise);
    luaL_argcheck(L, count > 0 && count <= INT32_MAX, index, "a number of lines or of a stop");
    return count;
}

enum { SHOWN = 10 };

static int top(lua_State *L) {
    lua_Integer count = count_at(L, 1, SHOWN);
    cJSON_AddNumberToObject(ask(L, "top"), "count", (double)count);
    return 0;
}

static int since(lua_State *L) {
    luaL_checkinteger(L, 1);
    lua_Integer stop = count_at(L, 1, 0), count = count_at(L, 2, SHOWN);
    cJSON *asked = ask(L, "since");
    cJSON_AddNumberToObject(asked, "stop", (double)stop);
    cJSON_AddNumberToObject(asked, "count", (double)count);
    return 0;
}

static int measurements(lua_State *L) {
    ask(L, "measurements");
    return 0;
}

static int suspects(lua_State *L) {
    ask(L, "suspects");
    return 0;
}

static int ask_retainers(lua_State *L, const char *command, size_t limit) {
    struct stop *stop = stop_of(L);
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    cJSON *answer = retainers_of_value(stop, L, limit);
    cJSON_AddItemToObject(ask(L, command), "answer", answer);
    return 0;
}

static int why(lua_State *L) {
    return ask_retainers(L, "why", SHOWN);
}

static int size(lua_State *L) {
    return ask_retainers(L, "size", 0);
}

static int tables(lua_State *L) {
    static const char *const sorts[] = {"retained", "bytes", NULL};
    struct stop *stop = stop_of(L);
    lua_Integer count = count_at(L, 1, SHOWN);
    bool by_bytes = luaL_checkoption(L, 2, sorts[0], sorts) == 1;
    cJSON *answer = largest_of_tables(stop, L, (size_t)count, by_bytes);
    cJSON *asked = ask(L, "tables");
    cJSON_AddItemToObject(asked, "answer", answer);
    cJSON_AddStringToObject(asked, "sort", sorts[by_bytes]);
    return 0;
}

static int strings(lua_State *L) {
    struct stop *stop = stop_of(L);
    lua_Integer count = count_at(L, 1, SHOWN);
    cJSON *answer = largest_of_strings(stop, L, (size_t)count);
    cJSON_AddItemToObject(ask(L, "strings"), "answer", answer);
    return 0;
}

static int collect(lua_State *L) {
    cJSON *asked = ask(L, "collect");
    int64_t before = collector_bytes_in_use(L);
    if (lua_gc(L, LUA_GCCOLLECT) != 0)
        return luaL_error(L, "a finalizer runs: Lua does not collect meanwhile");
    cJSON_AddNumberToObject(asked, "before", (double)before);
    cJSON_AddNumberToObject(asked, "after", (double)collector_bytes_in_use(L));
    return 0;
}

/* A scope's push_beside (environment.h). */
static bool push_table(lua_State *L, void *history, const char *name) {
    static const luaL_Reg functions[] = {
        {"top", top},           {"since", since},     {"measurements", measurements},
        {"suspects", suspects}, {"why", why},         {"size", size},
        {"tables", tables},     {"strings", strings}, {"collect", collect},
        {NULL, NULL},
    };
    if (strcmp(name, COMMANDS_TABLE) != 0)
        return false;
    luaL_newlibtable(L, functions);
    lua_pushlightuserdata(L, history);
    luaL_setfuncs(L, functions, 1);
    return true;
}

void commands_begin(struct stop *stop) {
    struct stop_history *history = stop->history;
    cJSON_Delete(history->asked);
    history->asked = cJSON_CreateArray();
    history->console = stop;
    history->scope.push_beside = push_table;
    history->scope.beside_data = history;
}

cJSON *commands_end(struct stop *stop) {
    cJSON *list = stop->history->asked;
    stop->history->asked = NULL;
    stop->history->console = NULL;
    stop->history->scope.push_beside = NULL;
    if (cJSON_GetArraySize(list) > 0)
        return list;
    cJSON_Delete(list);
    return NULL;
}
