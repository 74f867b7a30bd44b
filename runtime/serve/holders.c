/* SPDX-License-Identifier: MIT */
#include "holders.h"

#include "account.h"
#include "clock.h"
#include "collector.h"
#include "copied.h"
#include "debugger.h"
#include "heap_holders.h"
#include "heap_path.h"
#include "ledger.h"
#include "process_copy.h"
#include "server.h"
#include "suspects.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* After so long together a walk is followed by no other for so many times as long. For each object
   it takes some 70 bytes. */
enum { FREE_NS = 250000000, WAITS = 20, MOST_OBJECTS = 2000000 };
static const int64_t MOST_NS = 10000000000;

enum { FOUND = 256, TEXT_BYTES = 64 << 10 };

/* What the copy has found, in memory that it shares. */
struct found {
    size_t count, text_bytes;
    struct {
        uint32_t site;
        size_t text; /* an offset */
    } list[FOUND];
    char text[TEXT_BYTES];
};

/* The last walk, and all of them. */
struct holders {
    uint64_t sites[FIGURES_MAX_SITES / 64]; /* a bit each */
    uint64_t windows;                       /* that had closed then */
    int64_t not_before;                     /* clock_ns(): the next one */
    int64_t took_ns;                        /* all of them */
    struct found *found;
};

struct search {
    lua_State *L;
    struct account *account;
    struct found *found;
    struct heap heap;
    struct collector_hold collector;
    struct heap_retainers retainers;
    struct heap_holders holders;
};

/* ---- in the copy ---- */

static void note(struct found *found, uint32_t site, const struct string_builder *text) {
    if (found->count == FOUND || text->size >= TEXT_BYTES - found->text_bytes)
        return;
    found->list[found->count].site = site;
    found->list[found->count++].text = found->text_bytes;
    memcpy(found->text + found->text_bytes, string_builder_text(text), text->size + 1);
    found->text_bytes += text->size + 1;
}

static void note_all(struct search *search) {
    for (size_t i = 0; i < search->holders.list.count; i++) {
        const struct heap_holder *holder = &search->holders.list.items[i];
        struct heap_path path;
        if (heap_holders_describe(&path, &search->retainers, holder))
            note(search->found, holder->site, &path.text);
        heap_path_finish(&path);
    }
}

static int find(lua_State *L) {
    struct search *search = lua_touserdata(L, 1);
    luaL_checkstack(L, HEAP_RETAINERS_SLOTS, NULL);
    if (heap_retainers_of_sites(&search->retainers) == HEAP_WALK_DONE &&
        heap_holders_find(&search->holders, &search->retainers) == 0)
        note_all(search);
    return 0;
}

/* In a frame of its own, of whose slots none is the program's. */
static void walk(void *data) {
    struct search *search = data;
    lua_State *L = search->L;
    copied_begin(search->account, L);
    search->heap = (struct heap){.coroutines = {&search->account->threads, L}};
    search->retainers.notes_parts = true;
    search->retainers.walk =
        (struct heap_walk){.heap = &search->heap, .collector = &search->collector, .L = L};
    if (!lua_checkstack(L, LUA_MINSTACK))
        return;
    collector_hold(&search->collector, L);
    lua_pushcfunction(L, find);
    lua_pushlightuserdata(L, search);
    lua_pcall(L, 1, 0, 0);
}

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

static void note_texts(struct figures *figures, const struct found *found) {
    for (size_t i = 0; i < found->count && i < FOUND; i++)
        note_text(figures, found->list[i].site, found->text + found->list[i].text);
}

/* ---- when ---- */

static uint64_t closed_windows(const struct windows_figures *windows) {
    uint64_t closed = 0;
    for (uint32_t i = 0; i < windows_measurements(windows); i++)
        closed += windows->measurements[i].closed;
    return closed;
}

/* Has what was found last become doubtful? */
static bool is_due(const struct holders *last, const struct figures *figures,
                   const uint64_t *sites) {
    return closed_windows(&figures->windows) > last->windows + last->windows / 2 ||
           memcmp(sites, last->sites, sizeof last->sites) != 0;
}

static bool is_any(const uint64_t *sites) {
    for (size_t i = 0; i < FIGURES_MAX_SITES / 64; i++)
        if (sites[i] != 0)
            return true;
    return false;
}

static bool is_small(const struct figures *figures) {
    uint64_t count = 0;
    for (uint32_t site = 0; site < figures->site_count; site++)
        for (int kind = FIGURES_BUFFER + 1; kind < FIGURES_KINDS; kind++)
            count += figures->sites[site].cells[kind].allocations -
                     figures->sites[site].cells[kind].frees;
    return count <= MOST_OBJECTS;
}

static void look(struct holders *last, struct search *asked) {
    struct figures *figures = asked->account->ledger.figures;
    int64_t begun = clock_ns();
    memcpy(last->sites, asked->retainers.sites, sizeof last->sites);
    last->windows = closed_windows(&figures->windows);
    last->found->count = last->found->text_bytes = 0;
    if (is_any(last->sites) && is_small(figures) && process_copy_run(walk, asked, MOST_NS))
        note_texts(figures, last->found);
    int64_t now = clock_ns();
    last->took_ns += now - begun;
    last->not_before = last->took_ns > FREE_NS ? now + (now - begun) * WAITS : now;
}

/* NULL: memory is out. */
static struct holders *create(void) {
    struct holders *holders = calloc(1, sizeof *holders);
    void *shared =
        mmap(NULL, sizeof(struct found), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (holders != NULL && shared != MAP_FAILED) {
        holders->found = shared;
        return holders;
    }
    if (shared != MAP_FAILED)
        munmap(shared, sizeof(struct found));
    free(holders);
    return NULL;
}

void holders_destroy(struct holders *holders) {
    if (holders != NULL)
        munmap(holders->found, sizeof *holders->found);
    free(holders);
}

void holders_note(struct server *server, lua_State *L) {
    struct account *account = &server->debugger->account;
    const struct figures *figures = account->ledger.figures;
    if (server->holders == NULL)
        server->holders = create();
    if (server->holders == NULL || clock_ns() < server->holders->not_before)
        return;
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL)
        return;
    search->L = L;
    search->account = account;
    search->found = server->holders->found;
    suspects_mark(&figures->windows, server->warmup, search->retainers.sites);
    if (is_due(server->holders, figures, search->retainers.sites))
        look(server->holders, search);
    free(search);
}
