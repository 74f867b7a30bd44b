/* SPDX-License-Identifier: MIT */
#include "holders.h"

#include "account.h"
#include "clock.h"
#include "debugger.h"
#include "heap_holders.h"
#include "heap_path.h"
#include "ledger.h"
#include "looking.h"
#include "server.h"
#include "suspects.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* After so long together a walk is followed by no other for so many times as long. For each object
   it takes some 70 bytes. */
enum { FREE_NS = 250000000, WAITS = 20, MOST_OBJECTS = 2000000 };

/* The last walk, and all of them. */
struct holders {
    uint64_t sites[FIGURES_MAX_SITES / 64]; /* a bit each */
    uint64_t windows;                       /* that had closed then */
    int64_t not_before;                     /* clock_ns(): the next one */
    int64_t took_ns;                        /* all of them */
};

struct search {
    struct looking looking;
    struct heap_retainers retainers;
    struct heap_holders holders;
    struct figures *figures;
};

/* ---- into the figures ---- */

/* Where another line has the same; 0: none has. */
static uint32_t find_text(const struct figures *figures, const char *text) {
    for (uint32_t i = 0; i < windows_lines(&figures->windows); i++) {
        uint32_t at = figures->windows.lines[i].holder;
        if (at != 0 && strcmp(figures->text + at, text) == 0)
            return at;
    }
    return 0;
}

/* For the site's line in each measurement. */
static void note_text(struct figures *figures, uint32_t site, const char *text) {
    uint32_t at = find_text(figures, text);
    if (at == 0)
        at = ledger_text(figures, text, strlen(text));
    for (uint32_t i = 0; i < windows_lines(&figures->windows); i++)
        if (figures->windows.lines[i].site == site)
            atomic_store_explicit(&figures->windows.lines[i].holder, at, memory_order_release);
}

static void note_all(struct search *search) {
    for (size_t i = 0; i < search->holders.list.count; i++) {
        const struct heap_holder *holder = &search->holders.list.items[i];
        struct heap_path path;
        if (heap_holders_describe(&path, &search->retainers, holder))
            note_text(search->figures, holder->site, string_builder_text(&path.text));
        heap_path_finish(&path);
    }
}

/* ---- the search ---- */

static int find(lua_State *L) {
    struct search *search = lua_touserdata(L, 1);
    luaL_checkstack(L, HEAP_RETAINERS_SLOTS, NULL);
    search->retainers.walk.L = L;
    if (heap_retainers_of_sites(&search->retainers) == HEAP_WALK_DONE &&
        heap_holders_find(&search->holders, &search->retainers) == 0)
        note_all(search);
    return 0;
}

static void run(struct search *search, struct account *account, lua_State *L) {
    search->retainers.notes_parts = true;
    search->retainers.walk =
        (struct heap_walk){.heap = &search->looking.heap, .collector = &search->looking.collector};
    looking_run(&search->looking, account, L, find, search);
    heap_holders_finish(&search->holders);
    heap_retainers_finish(&search->retainers);
}

static uint64_t closed_windows(const struct windows_figures *windows) {
    uint64_t closed = 0;
    for (uint32_t i = 0; i < windows_measurements(windows); i++)
        closed += windows->measurements[i].closed;
    return closed;
}

/* Has what was found last become doubtful? */
static bool is_due(const struct holders *last, const struct search *search) {
    return closed_windows(&search->figures->windows) > last->windows + last->windows / 2 ||
           memcmp(search->retainers.sites, last->sites, sizeof last->sites) != 0;
}

static uint64_t count_objects(const struct figures *figures) {
    uint64_t count = 0;
    for (uint32_t site = 0; site < figures->site_count; site++)
        for (int kind = FIGURES_BUFFER + 1; kind < FIGURES_KINDS; kind++)
            count += figures->sites[site].cells[kind].allocations -
                     figures->sites[site].cells[kind].frees;
    return count;
}

static bool is_any(const uint64_t *sites) {
    for (size_t i = 0; i < FIGURES_MAX_SITES / 64; i++)
        if (sites[i] != 0)
            return true;
    return false;
}

static void look(struct holders *last, struct search *search, struct account *account,
                 lua_State *L) {
    int64_t begun = clock_ns();
    memcpy(last->sites, search->retainers.sites, sizeof last->sites);
    last->windows = closed_windows(&search->figures->windows);
    if (is_any(last->sites) && count_objects(search->figures) <= MOST_OBJECTS)
        run(search, account, L);
    int64_t now = clock_ns();
    last->took_ns += now - begun;
    last->not_before = last->took_ns > FREE_NS ? now + (now - begun) * WAITS : now;
}

void holders_note(struct server *server, lua_State *L) {
    struct account *account = &server->debugger->account;
    if (server->holders == NULL)
        server->holders = calloc(1, sizeof *server->holders);
    if (server->holders == NULL || clock_ns() < server->holders->not_before)
        return;
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL)
        return;
    search->figures = account->ledger.figures;
    suspects_mark(&search->figures->windows, server->warmup, search->retainers.sites);
    if (is_due(server->holders, search))
        look(server->holders, search, account, L);
    free(search);
}
