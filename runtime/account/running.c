/* SPDX-License-Identifier: MIT */
#include "running.h"

#include "attachment.h"
#include "books.h"
#include "call_info.h"
#include "release.h"
#include "site_cache.h"

#include <assert.h>
#include <string.h>

/* Frames of a finalizer that are looked at. Finding a frame by level costs its depth. */
enum { LOOK_DEPTH = 200 };

bool account_is_elsewhere(const struct account *account) {
    return account->attachment != NULL ? !seat_is_here(account->attachment->seat)
                                       : process_is_elsewhere();
}

static bool finalizes(lua_State *L) {
    return lua_gc(L, LUA_GCISRUNNING) == (release_marks_finalizers() ? -1 : 0);
}

struct account_work account_begin_work(struct account *account, lua_State *L) {
    struct account_work before = account->work;
    account->work = (struct account_work){.L = L, .finalizes = finalizes(L)};
    return before;
}

void account_end_work(struct account *account, struct account_work before) {
    account->work = before;
}

int account_call(struct account *account, lua_State *L, int arguments, int results) {
    struct account_work before = account_begin_work(account, L);
    int status = lua_pcall(L, arguments, results, 0);
    account_end_work(account, before);
    return status;
}

static bool is_lua(const lua_Debug *frame) {
    return *frame->what != 'C';
}

static bool is_named_gc(const lua_Debug *frame) {
    return strcmp(frame->namewhat, "metamethod") == 0 && strcmp(frame->name, "__gc") == 0;
}

enum look { LOOK_ON, LOOK_WORK, LOOK_FINALIZER };

/* Does a Lua function run above the finalizer's call, in it included? */
static enum look look_at(lua_State *L, bool *any_lua) {
    lua_Debug frame;
    for (int level = 0; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sn", &frame);
        if (release_marks_finalizers())
            *any_lua = *any_lua || is_lua(&frame);
        if (is_named_gc(&frame))
            return *any_lua ? LOOK_FINALIZER : LOOK_WORK;
        *any_lua = *any_lua || is_lua(&frame);
    }
    return lua_getstack(L, LOOK_DEPTH, &frame) ? LOOK_FINALIZER : LOOK_ON;
}

/* While there is work: is it the debugger's that goes on, and not a finalizer in Lua? In the
   allocator. */
static bool work_goes_on(struct account *account) {
    if (account->work.finalizes || !finalizes(account->work.L))
        return true;
    bool any_lua = false;
    enum look found = LOOK_ON;
    const struct thread *thread = threads_running(&account->threads);
    for (; found == LOOK_ON && thread != NULL; thread = threads_resumer(thread))
        found = look_at(thread->L, &any_lua);
    return found != LOOK_FINALIZER;
}

/* ---- the line ---- */

static uint32_t source_of(struct account *account, struct chunk *chunk) {
    if (chunk->figures_source == UINT32_MAX) {
        chunk->figures_source =
            ledger_source(&account->ledger, chunk->name, chunk->name_bytes, chunk->path);
        if (chunk->path != NULL)
            account_owner_tell(&account->owner);
    }
    return chunk->figures_source;
}

static uint32_t site_of(struct account *account, struct chunk *chunk, uint32_t line) {
    if (chunk == NULL)
        return FIGURES_OVERFLOW;
    chunk = chunk->file;
    struct chunk_site *recent = &chunk->sites[line % CHUNK_SITES];
    if (recent->line != line) {
        recent->site = ledger_site(&account->ledger, source_of(account, chunk), line);
        recent->line = line;
    }
    return recent->site;
}

/* The nearest Lua function of one thread, C functions above it left out. */
static inline bool nearest(lua_State *L, lua_Debug *frame) {
    for (int level = 0; lua_getstack(L, level, frame); level++) {
        lua_getinfo(L, "Sl", frame);
        if (frame->currentline >= 0 || *frame->what != 'C')
            return true;
    }
    return false;
}

/* Of which "l" was asked. A function without line information counts as line 0 of its chunk. */
static uint32_t line_of_frame(const lua_Debug *frame) {
    return frame->currentline > 0 ? (uint32_t)frame->currentline : 0;
}

/* Of which "Sl" was asked. */
static uint32_t site_of_frame(struct account *account, const lua_Debug *frame) {
    struct chunk *chunk = chunks_find(&account->chunks, frame->source, frame->srclen);
    return site_of(account, chunk, line_of_frame(frame));
}

/* Not inlined, for the reason of can_be_running (threads.c). */
__attribute__((noinline)) static uint32_t asked_site(struct account *account, lua_State *L,
                                                     const struct call_info *call) {
    lua_Debug frame;
    frame.i_ci = (struct CallInfo *)(uintptr_t)call;
    lua_getinfo(L, "Sl", &frame);
    return site_of_frame(account, &frame);
}

/* FIGURES_STARTUP, which is no line's site, if no Lua function runs in the thread. */
static uint32_t site_in(struct account *account, lua_State *L) {
    lua_Debug frame;
    if (!nearest(L, &frame))
        return FIGURES_STARTUP;
    account->frame = frame.i_ci;
    return site_of_frame(account, &frame);
}

__attribute__((noinline)) static uint32_t site_by_frames(struct account *account) {
    const struct thread *thread = threads_running(&account->threads);
    for (; thread != NULL; thread = threads_resumer(thread)) {
        uint32_t site = site_in(account, thread->L);
        if (site == FIGURES_STARTUP)
            continue;
        ledger_runs(&account->ledger, site);
        return site;
    }
    return account->outside;
}

/* Of a call that is not in the cache yet. */
__attribute__((noinline)) static uint32_t new_site(struct account *account, lua_State *L,
                                                   const struct call_info *call) {
    uint32_t site = asked_site(account, L, call);
    if (site != FIGURES_OVERFLOW) /* there may be room, or memory, next time */
        site_cache_put(account->sites, call->saved_pc, site);
    return site;
}

static bool may_run(const struct thread *thread) {
    return thread->resumer == NULL || thread->closing || call_info_is_well(thread->L);
}

/* A thread that has ended, or not begun, has its foundation alone. */
const struct call_info *account_innermost_call(const struct account *account) {
    const struct thread *thread = account->building ? NULL : account->threads.innermost;
    for (; thread != NULL; thread = thread->resumer) {
        if (!may_run(thread))
            continue;
        const struct call_info *call = call_info_innermost(thread->L);
        if (call->previous != NULL)
            return call;
    }
    return NULL;
}

/* The same as site_by_frames, from what Lua has of calls. */
static uint32_t site_by_calls(struct account *account) {
    const struct thread *thread = account->threads.innermost;
    for (; thread != NULL; thread = thread->resumer) {
        if (!may_run(thread))
            continue;
        const struct call_info *call = call_info_nearest(call_info_innermost(thread->L));
        if (call == NULL)
            continue;
        account->frame = call;
        uint32_t site;
        bool known = site_cache_find(account->sites, call->saved_pc, &site);
        assert(!known || site == asked_site(account, thread->L, call));
        if (!known)
            site = new_site(account, thread->L, call);
        ledger_runs(&account->ledger, site);
        return site;
    }
    return account->outside;
}

/* Apart, so that the way of the program is short. */
__attribute__((noinline)) static uint32_t site_of_work(struct account *account) {
    struct account_work work = account->work;
    if (work_goes_on(account)) {
        account->ledger.debugged = true;
        return FIGURES_DEBUGGER;
    }
    account->work = (struct account_work){0};
    uint32_t site = account_current_site(account);
    account->work = work;
    return site;
}

uint32_t account_current_site(struct account *account) {
    if (account_works(account))
        return site_of_work(account);
    if (account->building)
        return account->outside;
    return account->sites != NULL ? site_by_calls(account) : site_by_frames(account);
}

struct chunk *account_current_line(struct account *account, int *line) {
    lua_Debug frame;
    const struct thread *thread = account->building ? NULL : threads_running(&account->threads);
    for (; thread != NULL; thread = threads_resumer(thread)) {
        if (!nearest(thread->L, &frame))
            continue;
        *line = frame.currentline;
        return chunks_find(&account->chunks, frame.source, frame.srclen);
    }
    return NULL;
}

/* ---- the calls ---- */

/* What may be asked in an allocator is "S", "l" and "n": the first two read the frame's function,
   "n" the instruction of its caller that made the call, and the constants and debug information
   that it names. None pushes or allocates, in any Lua 5.4; the other options push values. */

struct calls {
    size_t count;
    bool any_lua, cut;
    struct call_tree_place list[STACKS_DEPTH]; /* the innermost first */
};

static struct call_tree_place place_of(struct account *account, const lua_Debug *frame) {
    struct call_tree *tree = &account->sampling.tree;
    if (*frame->what == 'C')
        return (struct call_tree_place){call_tree_c_function(tree, frame->name), 0, STACKS_NO_SITE};
    struct chunk *chunk = chunks_find(&account->chunks, frame->source, frame->srclen);
    bool is_main = *frame->what == 'm';
    uint32_t source = chunk != NULL ? source_of(account, chunk->file) : FIGURES_OVERFLOW;
    uint32_t defined = is_main ? 0 : (uint32_t)frame->linedefined;
    uint32_t line = line_of_frame(frame);
    return (struct call_tree_place){
        call_tree_function(tree, source, defined, is_main ? NULL : frame->name), line,
        site_of(account, chunk, line)};
}

/* False once there is no room for more. */
static bool add_thread(struct account *account, lua_State *L, struct calls *calls) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        if (calls->count == STACKS_DEPTH) {
            calls->cut = true;
            return false;
        }
        lua_getinfo(L, "Sln", &frame);
        calls->any_lua = calls->any_lua || *frame.what != 'C';
        calls->list[calls->count++] = place_of(account, &frame);
    }
    return true;
}

/* The interpreter's own C function below the script tells nobody anything. */
static void drop_nameless(struct account *account, struct calls *calls) {
    uint32_t nameless = call_tree_c_function(&account->sampling.tree, NULL);
    while (!calls->cut && calls->count > 0 && calls->list[calls->count - 1].function == nameless)
        calls->count--;
}

static struct call_tree_place no_call(enum stacks_pseudo pseudo) {
    return (struct call_tree_place){pseudo, 0, STACKS_NO_SITE};
}

uint32_t account_site_stack(struct account *account, uint32_t parent, uint32_t site) {
    struct call_tree *tree = &account->sampling.tree;
    const struct figures_site *place = &account->ledger.figures->sites[site];
    uint32_t defined = site < FIGURES_PSEUDO_SITES ? 0 : STACKS_SOME_FUNCTION;
    uint32_t function = call_tree_function(tree, place->source, defined, NULL);
    return call_tree_node(tree, parent, (struct call_tree_place){function, place->line, site});
}

uint32_t account_thread_stack(struct account *account, uint32_t site) {
    uint32_t parent = call_tree_node(&account->sampling.tree, STACKS_ROOT, no_call(STACKS_THREAD));
    return account_site_stack(account, parent, site);
}

static uint32_t node_of(struct call_tree *tree, const struct calls *calls) {
    uint32_t node = STACKS_ROOT;
    if (calls->cut)
        node = call_tree_node(tree, node, no_call(STACKS_TOO_DEEP));
    for (size_t i = calls->count; i > 0; i--)
        node = call_tree_node(tree, node, calls->list[i - 1]);
    return node;
}

uint32_t account_current_stack(struct account *account) {
    if (account->building)
        return account_site_stack(account, STACKS_ROOT, account->outside);
    if (account_works(account) && work_goes_on(account))
        return account_site_stack(account, STACKS_ROOT, FIGURES_DEBUGGER);
    struct calls calls;
    calls.count = 0;
    calls.any_lua = calls.cut = false;
    const struct thread *thread = threads_running(&account->threads);
    while (thread != NULL && add_thread(account, thread->L, &calls))
        thread = threads_resumer(thread);
    if (!calls.any_lua && !calls.cut)
        return account_site_stack(account, STACKS_ROOT, account->outside);
    drop_nameless(account, &calls);
    return node_of(&account->sampling.tree, &calls);
}
