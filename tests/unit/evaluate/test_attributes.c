/* SPDX-License-Identifier: MIT */
#include "attributes.h"

#include "account.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

/* Names tell what they are declared: k... <const>, c... <close>, all else plain. */
static void check(const char *name, enum declaration_attribute found) {
    enum declaration_attribute declared = *name == 'k'   ? DECLARATION_CONST
                                          : *name == 'c' ? DECLARATION_CLOSE
                                                         : DECLARATION_PLAIN;
    cr_assert_eq(found, declared, "%s counts as plain%s", name, attributes_word(found));
}

static void check_frame(lua_State *L, struct chunk_text *chunk_text, int level) {
    struct frame frame = {.L = L, .level = level};
    struct attributes attributes;
    const char *name;
    cr_assert(lua_getstack(L, level, &frame.record));
    attributes_of_locals(chunk_text, &frame, &attributes);
    for (int n = 1; (name = lookup_local_name(&frame, n)) != NULL; n++)
        check(name, attributes.of[n - 1]);
    lua_getinfo(L, "f", &frame.record);
    attributes_of_upvalues(chunk_text, L, &attributes);
    for (int n = 1; (name = lua_getupvalue(L, -1, n)) != NULL; n++) {
        lua_pop(L, 1);
        if (strcmp(name, "_ENV") != 0)
            check(name, attributes.of[n - 1]);
    }
    lua_pop(L, 1);
}

/* All frames, but those of C functions. */
static void check_all(lua_State *L, struct chunk_text *chunk_text) {
    lua_Debug record;
    for (int level = 0; lua_getstack(L, level, &record); level++) {
        lua_getinfo(L, "S", &record);
        if (*record.what != 'C')
            check_frame(L, chunk_text, level);
    }
}

static void (*look_there)(lua_State *L, struct chunk_text *chunk_text);
static int line, times;

static void on_line(lua_State *L, lua_Debug *event) {
    struct chunk_text chunk_text;
    if (event->currentline != line)
        return;
    chunk_text_init(&chunk_text, &account_of(L)->chunks);
    look_there(L, &chunk_text);
    chunk_text_finish(&chunk_text);
    times++;
}

/* Checks at the line that ends with "--> stop". A chunk whose name is its code has that for its
   text. */
static void run(const char *code, const char *name,
                void (*look)(lua_State *L, struct chunk_text *chunk_text)) {
    struct account account;
    look_there = look;
    line = 1;
    times = 0;
    for (const char *at = code; at < strstr(code, "--> stop"); at++)
        line += *at == '\n';
    cr_assert_eq(account_init(&account, NULL), 0);
    lua_State *L = account_new_state(&account);
    luaL_openlibs(L);
    lua_sethook(L, on_line, LUA_MASKLINE, 0);
    cr_assert_eq(luaL_loadbuffer(L, code, strlen(code), name), LUA_OK, "%s", lua_tostring(L, -1));
    cr_assert_eq(lua_pcall(L, 0, 0, 0), LUA_OK, "%s", lua_tostring(L, -1));
    cr_assert_gt(times, 0);
    lua_close(L);
    account_finish(&account);
}

#define BEGIN                                                                                      \
    "local function id(...) return ... end\n"                                                      \
    "local function make() return setmetatable({}, {__close = function() end}) end\n"

static const char *const programs[] = {
    /* constants that do not exist when it runs, among those that do */
    BEGIN "local k0 <const>, a <const> = 1, 2\n"
          "local k1 <const> = id(1)\n"
          "local b, k2 <const> = 1, 'constant'\n"
          "local c1 <close> = make()\n"
          "local k3 <const> = 5 local k3 <const> = id(3)\n"
          "return id(k1, b, k3) --> stop\n",
    /* blocks side by side with the same names */
    BEGIN "do local x = id(1) id(x) end\n"
          "do local kx <const> = id(1) id(kx) end\n"
          "do local x = id(2)\n"
          "  do local kx <const> = id(x) local x = kx\n"
          "    id(x) --> stop\n"
          "  end\n"
          "end\n",
    /* loops, conditions, goto, method, varargs, comments and strings that look like code */
    BEGIN "local t = {} local kt <const> = id(t)\n"
          "t.a = {} function t.a.b(x) end\n"
          "for i = 1, 2 do local ki <const> = id(i)\n"
          "  for at, v in pairs({ki}) do\n"
          "    while v do repeat local c2 <close>, y = make(), 1\n"
          "      --[==[ local z <const> = 1 ]] ]==] local s = [[ local z <const> ]] .. 'end'\n"
          "      if y then local kk <const> = id(y) goto out elseif i then local w = 1 end\n"
          "      id(y) ::out:: local after = id(s) --> stop\n"
          "    until after v = nil end\n"
          "  end\n"
          "end\n",
    /* upvalues: what the name means where the function stands */
    BEGIN "local k1 <const> = id(1) local c1 <close> = make()\n"
          "local x = id(2) local k2 <const> = function() return id(x) end\n"
          "local function deep(p, ...) local q = id(k1, ...)\n"
          "  return (function(self) local kq <const> = id(q, p, k1, k2, c1)\n"
          "    return kq --> stop\n"
          "  end)(p) end\n"
          "local object = {m = {}} function object.m:go(r) local v <const> = 1 return deep(r) end\n"
          "id(object.m:go(1))\n",
    /* a local is not in scope in its own value */
    BEGIN "local v = id(1)\n"
          "local f <const> = 0 local kf <const> = (function(n)\n"
          "  local w = v w = id(n, w)\n"
          "  return w --> stop\n"
          "end)(2)\n",
    /* a statement of many lines, and everything on one */
    BEGIN "local k1 <const> = id(1) local x = id(k1,\n"
          "  2,\n"
          "  id(3)) --> stop\n"
          "local y <const> = 1 return id(x)\n",
    BEGIN
    "local k1 <const> = id(1) do local x = id(k1) local k2 <const> = id(x) id(k2) end --> stop\n",
    /* two functions on one line */
    BEGIN "local f, g = function(a) local b = id(a) return b end, function(a) local kb <const> = "
          "id(a) return kb end --> stop\n"
          "f(1) g(2)\n",
};

Test(attributes, are_those_of_the_declarations) {
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        run(programs[i], programs[i], check_all);
}

/* Without the text nothing is known, and with another one nothing may be made up. */
static void check_nothing_known(lua_State *L, struct chunk_text *chunk_text) {
    struct frame frame = {.L = L};
    struct attributes attributes;
    cr_assert(lua_getstack(L, 0, &frame.record));
    attributes_of_locals(chunk_text, &frame, &attributes);
    for (int n = 0; n < DECLARATIONS_MOST; n++)
        cr_assert_eq(attributes.of[n], DECLARATION_PLAIN);
}

Test(attributes, are_unknown_without_the_text) {
    run("local x <const> = tostring(1)\nreturn x --> stop\n", "@program.lua", check_nothing_known);
}
