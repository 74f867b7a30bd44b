/* SPDX-License-Identifier: MIT */
#include "account.h"
#include "program.h"

#include <assert.h>
#include <lauxlib.h>

static void nothing(lua_State *L, lua_Debug *event) {
}

static void open_and_close(struct account *account, lua_State *L) {
    struct measurements *measurements = &account->measurements;
    int frame = measurements_find(measurements, "frame");
    uint64_t number = measurements_open(measurements, (uint32_t)frame, NULL);
    assert(luaL_dostring(L, "lap = {} for i = 1, 100 do lap[i] = { i } end") == LUA_OK);
    account_follow(account);
    measurements_close_number(measurements, (uint32_t)frame, number);
}

static int stop_here(lua_State *L) {
    struct account *account = account_of(L);
    account_snapshot(account, L);
    for (int i = 0; i < 5; i++) {
        account_follow(account);
        open_and_close(account, L);
    }
    return 0;
}

void program_measure(struct figures *figures) {
    struct account account;
    assert(account_init(&account, figures) == 0);
    sampling_tune(&account.sampling, 64, 1);
    lua_State *L = account_new_state(&account);
    assert(L != NULL);
    lua_sethook(L, nothing, LUA_MASKCOUNT, 1 << 30);
    program_open_libraries(L);
    lua_register(L, "stop", stop_here);
    program_load(L);
    assert(lua_pcall(L, 0, 0, 0) == LUA_OK);
    account_freeze(&account, L);
    lua_close(L);
    account_finish(&account);
}
