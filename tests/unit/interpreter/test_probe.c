/* SPDX-License-Identifier: MIT */
/* Functions in front of liblua's make it one that was compiled with other limits. */
#include "probe.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <stddef.h>
#include <string.h>

#define NAMED(name) __real_##name
#define FRONT(name) __wrap_##name

static size_t before; /* bytes in front of the main thread that it has more */
static size_t id_size = LUA_IDSIZE;
static int more_stack; /* slots */
static size_t number_size = sizeof(lua_Number);

lua_State *NAMED(lua_newstate)(lua_Alloc allocate, void *ud);
lua_State *FRONT(lua_newstate)(lua_Alloc allocate, void *ud);
int NAMED(lua_getinfo)(lua_State *L, const char *what, lua_Debug *record);
int FRONT(lua_getinfo)(lua_State *L, const char *what, lua_Debug *record);
int NAMED(lua_checkstack)(lua_State *L, int slots);
int FRONT(lua_checkstack)(lua_State *L, int slots);
void NAMED(luaL_checkversion_)(lua_State *L, lua_Number version, size_t sizes);
void FRONT(luaL_checkversion_)(lua_State *L, lua_Number version, size_t sizes);

static lua_Alloc given;

static void *shifted(void *ud, void *block, size_t old_size, size_t size) {
    static char *first;
    if (block != NULL && block == first)
        return given(ud, first - before, old_size + before, size);
    void *made = given(ud, block, old_size, block == NULL && size > 0 ? size + before : size);
    if (first != NULL || made == NULL)
        return made;
    return first = (char *)made + before;
}

lua_State *FRONT(lua_newstate)(lua_Alloc allocate, void *ud) {
    given = allocate;
    return NAMED(lua_newstate)(before > 0 ? shifted : allocate, ud);
}

int FRONT(lua_getinfo)(lua_State *L, const char *what, lua_Debug *record) {
    int result = NAMED(lua_getinfo)(L, what, record);
    if (id_size != LUA_IDSIZE) {
        char *name = (char *)record + offsetof(lua_Debug, short_src);
        memset(name, 'x', id_size - 1);
        name[id_size - 1] = '\0';
    }
    return result;
}

int FRONT(lua_checkstack)(lua_State *L, int slots) {
    return NAMED(lua_checkstack)(L, slots - more_stack);
}

void FRONT(luaL_checkversion_)(lua_State *L, lua_Number version, size_t sizes) {
    NAMED(luaL_checkversion_)(L, version, sizes + number_size - sizeof(lua_Number));
}

static void expect(const char *words) {
    const char *problem = probe_problem();
    cr_assert_not_null(problem);
    cr_assert_not_null(strstr(problem, words), "%s", problem);
}

Test(probe, finds_nothing_in_the_liblua_of_the_headers) {
    const char *problem = probe_problem();
    cr_assert_null(problem, "%s", problem);
}

Test(probe, finds_room_in_front_of_a_thread) {
    before = 56;
    expect("LUA_EXTRASPACE");
}

Test(probe, finds_longer_names_of_chunks) {
    id_size = 2 * LUA_IDSIZE;
    expect("LUA_IDSIZE");
}

Test(probe, finds_shorter_names_of_chunks) {
    id_size = LUA_IDSIZE / 2;
    expect("LUA_IDSIZE");
}

Test(probe, finds_a_deeper_stack) {
    more_stack = 50000;
    expect("LUAI_MAXSTACK");
}

Test(probe, finds_a_stack_less_deep) {
    more_stack = -50000;
    expect("LUAI_MAXSTACK");
}

Test(probe, finds_other_numbers) {
    number_size = sizeof(float);
    expect("incompatible numeric types");
}
