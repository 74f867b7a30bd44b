/* SPDX-License-Identifier: MIT */
#include "why.h"

#include "arguments.h"
#include "debugger.h"
#include "looking.h"
#include "retainers_answer.h"
#include "server.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum { SHAPES = HEAP_GRAPH_GROUPS }; /* that are told */

void why_set(struct server *server, const cJSON *asked) {
    free(server->why.path);
    server->why.path = strdup(arguments_text(asked, "path"));
    server->why.line = (uint32_t)arguments_count(asked, "line", 0);
}

struct asking {
    struct looking looking;
    struct heap_retainers retainers;
    struct chunks *chunks;
    cJSON *body;
};

static bool is_asked(const struct server_why *why, const struct figures *figures,
                     const struct figures_site *site) {
    const struct figures_source *source = &figures->sources[site->source];
    return site->line == why->line && source->path != 0 &&
           strcmp(figures->text + source->path, why->path) == 0;
}

static void find_sites(struct asking *asking, const struct server_why *why,
                       const struct figures *figures) {
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < figures->site_count; i++)
        if (is_asked(why, figures, &figures->sites[i]))
            asking->retainers.sites[i / 64] |= UINT64_C(1) << i % 64;
}

static int ask(lua_State *L) {
    struct asking *asking = lua_touserdata(L, 1);
    const struct retainers_wish wish = {.limit = SHAPES, .shape = -1, .holders_left_out = true};
    luaL_checkstack(L, HEAP_RETAINERS_SLOTS, NULL);
    asking->retainers.walk.L = L;
    if (heap_retainers_of_sites(&asking->retainers) == HEAP_WALK_DONE)
        asking->body = retainers_answer(&asking->retainers, asking->chunks, &wish);
    return 0;
}

cJSON *why_tell(struct server *server, lua_State *L) {
    struct account *account = &server->debugger->account;
    struct asking *asking = server->why.path != NULL ? calloc(1, sizeof *asking) : NULL;
    if (asking == NULL)
        return NULL;
    asking->chunks = &account->chunks;
    asking->retainers.walk = (struct heap_walk){.heap = &asking->looking.heap,
                                                .collector = &asking->looking.collector,
                                                .reached = server->telling.reached};
    find_sites(asking, &server->why, account_figures(account));
    looking_run(&asking->looking, account, L, ask, asking);
    cJSON *body = asking->body;
    heap_retainers_finish(&asking->retainers);
    free(asking);
    return body;
}
