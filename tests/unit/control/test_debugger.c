/* SPDX-License-Identifier: MIT */
#include "debugger.h"
#include "events.h"
#include "hook.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>

struct program {
    struct debugger debugger;
    lua_State *L;
    int attended;
};

static void on_attention(void *data) {
    struct program *program = data;
    program->attended++;
}

static void open_program(struct program *program) {
    const struct debugger_listener listener = {.data = program, .on_attention = on_attention};
    cr_assert_eq(debugger_init(&program->debugger, NULL, &listener), 0);
    program->L = account_new_state(&program->debugger.account);
    luaL_openlibs(program->L);
    cr_assert_eq(events_attach(&program->debugger, program->L), 0);
}

static void close_program(struct program *program) {
    lua_close(program->L);
    debugger_finish(&program->debugger);
}

Test(debugger, is_found_from_every_thread_of_its_state) {
    static struct program first, second;
    open_program(&first);
    open_program(&second);
    cr_assert_eq(debugger_of(first.L), &first.debugger);
    cr_assert_eq(debugger_of(second.L), &second.debugger);
    cr_assert_eq(debugger_of(lua_newthread(first.L)), &first.debugger);
    close_program(&second);
    close_program(&first);
}

static void *in_front(void *ud, void *ptr, size_t osize, size_t nsize) {
    const struct account *account = ud;
    return account_allocator(account)((void *)account, ptr, osize, nsize);
}

Test(debugger, is_found_behind_an_allocator_of_the_programs) {
    static struct program program;
    open_program(&program);
    void *ours;
    lua_getallocf(program.L, &ours);
    lua_setallocf(program.L, in_front, ours);
    cr_assert_eq(debugger_of(program.L), &program.debugger);
    close_program(&program);
}

Test(debugger, calls_its_listener_with_its_data) {
    static struct program first, second;
    open_program(&first);
    open_program(&second);
    first.debugger.attention |= ATTENTION_LINK;
    hook_demand(&first.debugger);
    cr_assert_eq(luaL_dostring(second.L, "local x = 1"), LUA_OK);
    cr_assert_eq(luaL_dostring(first.L, "local x = 1"), LUA_OK);
    cr_assert_eq(first.attended, 1);
    cr_assert_eq(second.attended, 0);
    close_program(&second);
    close_program(&first);
}
