/* SPDX-License-Identifier: MIT */
#include "line_map.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/luaheat-line-map-XXXXXX";

static void write_file(const char *code) {
    strcpy(path + strlen(path) - 6, "XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    cr_assert_not_null(file);
    fputs(code, file);
    fclose(file);
}

static void load(struct line_map *map, const char *code) {
    write_file(code);
    char *problem = NULL;
    int error = line_map_load(map, path, &problem);
    unlink(path);
    cr_assert_eq(error, 0, "%s", problem);
}

static bool has(const struct line_map *map, int line, int function) {
    for (size_t i = 0; i < map->count; i++)
        if (map->items[i].line == line && map->items[i].function == function)
            return true;
    return false;
}

Test(line_map, lines_of_nested_functions) {
    struct line_map map;
    load(&map, "#!/usr/bin/lua\n"      /* 1 */
               "local a = 1\n"         /* 2 */
               "\n"                    /* 3 */
               "function f()\n"        /* 4 */
               "  -- nothing\n"        /* 5 */
               "  return function()\n" /* 6 */
               "    a = 2\n"           /* 7 */
               "  end\n"               /* 8 */
               "end\n");               /* 9 */
    cr_assert(has(&map, 2, 0));
    cr_assert(has(&map, 7, 6));
    cr_assert(has(&map, 8, 4)); /* a function is made where it ends */
    cr_assert_not(has(&map, 7, 4));
    cr_assert_eq(line_map_at(&map, 3)->line, 4);
    cr_assert_eq(line_map_at(&map, 5)->line, 7);
    cr_assert_eq(line_map_at(&map, 1)->line, 2);
    cr_assert_null(line_map_at(&map, 10));
    line_map_finish(&map);
}

static const char hard[] = "local t = {\n 1,\n\n 'x',\n [2.5] = 0x7fffffffffffffff,\n}\n"
                           "local function va(...) local x <close> = nil\n return ... end\n"
                           "for i = 1, 2 do\n goto next\n ::next::\n end\n"
                           "return function(a, b)\n return a\n .. b .. [[\n\n\n]] end\n";

/* Against lua_getinfo's own answer ("L") for the main chunk; it leaves out nested functions. */
Test(line_map, main_chunk_agrees_with_lua) {
    char code[4096];
    strcpy(code, hard);
    struct line_map map;
    load(&map, code);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    cr_assert_eq(luaL_loadstring(L, code), LUA_OK);
    lua_Debug info;
    lua_getinfo(L, ">L", &info);
    size_t lines = 0;
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1), lines++)
        cr_assert(has(&map, (int)lua_tointeger(L, -2), 0), "line %d", (int)lua_tointeger(L, -2));
    size_t ours = 0;
    for (size_t i = 0; i < map.count; i++)
        ours += map.items[i].function == 0;
    cr_assert_eq(ours, lines);
    lua_close(L);
    line_map_finish(&map);
}

/* Lines more than 127 apart are stored in another way (abslineinfo). */
Test(line_map, far_lines) {
    char code[4096] = "local a = 1\n";
    for (int i = 0; i < 1000; i++)
        strcat(code, "\n");
    strcat(code, "local b = a\n");
    struct line_map map;
    load(&map, code);
    cr_assert_eq(line_map_at(&map, 2)->line, 1002);
    line_map_finish(&map);
}

Test(line_map, tells_what_is_wrong) {
    struct line_map map;
    char *problem;
    write_file("local = 1\n");
    cr_assert_lt(line_map_load(&map, path, &problem), 0);
    unlink(path);
    cr_assert_not_null(strstr(problem, "<name> expected"), "%s", problem);
    free(problem);
    cr_assert_lt(line_map_load(&map, "/no/such/file.lua", &problem), 0);
    cr_assert_not_null(strstr(problem, "No such file"), "%s", problem);
    free(problem);
}

/* A binary chunk may say any line: its function begins so far down that the lines in it have no
   number any more. */
Test(line_map, lines_that_are_no_numbers_do_no_harm) {
    static const char code[] =
        "local text = '\\n\\nreturn function() ' .. ('\\n'):rep(100) .. 'local a = {} ' ..\n"
        "  ('\\n'):rep(100) .. 'return {} end'\n"
        "local dump = string.dump(load(text, '@x')())\n"
        "local far = '\\x07\\x7f\\x7f\\x7e\\xec'\n" /* 2^31 - 148 */
        "local changed, count = dump:gsub('\\x83\\x01\\xcb', function() return far .. far end, 1)\n"
        "assert(count == 1)\n"
        "return assert(load(changed, '', 'b'))\n";
    lua_State *L = luaL_newstate();
    struct line_map map;
    luaL_openlibs(L);
    cr_assert_eq(luaL_dostring(L, code), LUA_OK, "%s", lua_tostring(L, -1));
    cr_assert_eq(line_map_of_function(&map, L), 0);
    cr_assert_gt(map.count, 0);
    line_map_finish(&map);
    lua_close(L);
}
