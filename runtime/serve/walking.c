/* SPDX-License-Identifier: MIT */
#include "walking.h"

#include "clock.h"
#include "debugger.h"
#include "server.h"

enum { TELL_NS = 250000000 }; /* so much time lies between two */

/* Those that are alive, what has become garbage included; 0: not known. */
static uint64_t count_all(const struct figures *figures) {
    uint64_t all = 0;
    for (uint32_t i = 0; figures != NULL && i < figures->site_count; i++) {
        const struct figures_cell *cells = figures->sites[i].cells;
        for (int kind = FIGURES_STRING; kind <= FIGURES_UPVALUE; kind++)
            all += cells[kind].allocations - cells[kind].frees;
    }
    return all;
}

static void tell(struct server *server, uint64_t reached) {
    uint64_t all = count_all(account_figures(&server->debugger->account));
    cJSON *body = cJSON_CreateObject();
    cJSON_AddNumberToObject(body, "requestId", server->inbox.serving);
    cJSON_AddNumberToObject(body, "objects", (double)reached);
    if (all > 0)
        cJSON_AddNumberToObject(body, "all", (double)all);
    server_send_event(server, "walking", body);
}

void walking_tell(struct server *server, uint64_t reached) {
    struct server_walking *walking = &server->walking;
    int64_t now = clock_ns();
    if (walking->request != server->inbox.serving) {
        *walking = (struct server_walking){server->inbox.serving, now};
    } else if (now - walking->told >= TELL_NS) {
        walking->told = now;
        tell(server, reached);
    }
}
