/* SPDX-License-Identifier: MIT */
#include "account.h"

static uint32_t source_of(struct account *account, struct chunk *chunk) {
    if (chunk->figures_source == UINT32_MAX) {
        chunk->figures_source =
            ledger_source(&account->ledger, chunk->name, chunk->name_bytes, chunk->path);
        account->listener.news |= chunk->path != NULL;
    }
    return chunk->figures_source;
}

uint32_t account_source(struct account *account, const lua_Debug *frame) {
    struct chunk *chunk = chunks_find(&account->chunks, frame->source, frame->srclen);
    return chunk != NULL ? source_of(account, chunk->file) : FIGURES_OVERFLOW;
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

/* The nearest Lua function of one thread, C functions above it left out. Only "S" and "l" may be
   asked in an allocator: the other options push values. */
static inline bool nearest(lua_State *L, lua_Debug *frame) {
    for (int level = 0; lua_getstack(L, level, frame); level++) {
        lua_getinfo(L, "Sl", frame);
        if (frame->currentline >= 0 || *frame->what != 'C')
            return true;
    }
    return false;
}

/* FIGURES_STARTUP, which is no line's site, if no Lua function runs in the thread. A function
   without line information counts as line 0 of its chunk. */
static uint32_t site_in(struct account *account, lua_State *L) {
    lua_Debug frame;
    if (!nearest(L, &frame))
        return FIGURES_STARTUP;
    account->frame = frame.i_ci;
    uint32_t line = frame.currentline > 0 ? (uint32_t)frame.currentline : 0;
    struct chunk *chunk = chunks_find(&account->chunks, frame.source, frame.srclen);
    return site_of(account, chunk, line);
}

/* Apart, so that the way of the program is short. */
static uint32_t site_of_work(struct account *account) {
    struct account_work work = account->work;
    if (account_work_goes_on(account)) {
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
    size_t place = account->threads.running;
    struct thread *thread;
    while ((thread = threads_running(&account->threads, &place)) != NULL) {
        uint32_t site = site_in(account, thread->L);
        if (site == FIGURES_STARTUP)
            continue;
        ledger_runs(&account->ledger, site);
        return site;
    }
    return account->outside;
}

struct chunk *account_current_line(struct account *account, int *line) {
    size_t place = account->threads.running;
    struct thread *thread;
    lua_Debug frame;
    if (account->building)
        return NULL;
    while ((thread = threads_running(&account->threads, &place)) != NULL) {
        if (!nearest(thread->L, &frame))
            continue;
        *line = frame.currentline;
        return chunks_find(&account->chunks, frame.source, frame.srclen);
    }
    return NULL;
}
