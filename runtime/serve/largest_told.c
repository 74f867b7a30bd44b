/* SPDX-License-Identifier: MIT */
#include "largest_told.h"

#include "arguments.h"
#include "debugger.h"
#include "largest_answer.h"
#include "looking.h"
#include "server.h"

#include <lauxlib.h>

void largest_told_set(struct server *server, const cJSON *asked) {
    server->largest_limit = (size_t)arguments_count(asked, "limit", 0);
}

struct asking {
    struct looking looking;
    struct heap_largest largest;
    struct chunks *chunks;
    struct largest_wish wish;
    cJSON *body;
};

static int ask(lua_State *L) {
    struct asking *asking = lua_touserdata(L, 1);
    struct heap_largest *largest = &asking->largest;
    luaL_checkstack(L, HEAP_LARGEST_SLOTS, NULL);
    largest->walk.L = L;
    if (heap_largest_look(largest) != HEAP_WALK_DONE)
        return 0;
    asking->body = cJSON_CreateObject();
    cJSON_AddItemToObject(asking->body, "tables",
                          largest_answer_tables(largest, asking->chunks, &asking->wish));
    cJSON_AddItemToObject(asking->body, "strings",
                          largest_answer_strings(largest, asking->chunks, &asking->wish));
    return 0;
}

cJSON *largest_told(struct server *server, lua_State *L) {
    struct account *account = &server->debugger->account;
    struct asking asking = {
        .chunks = &account->chunks,
        .wish = {.limit = server->largest_limit, .steps_left_out = true},
        .largest = {.of_tables = true, .of_strings = true},
    };
    asking.largest.walk = (struct heap_walk){.heap = &asking.looking.heap,
                                             .collector = &asking.looking.collector,
                                             .reached = server->telling.reached};
    looking_run(&asking.looking, account, L, ask, &asking);
    heap_largest_finish(&asking.largest);
    return asking.body;
}
