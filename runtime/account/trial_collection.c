/* SPDX-License-Identifier: MIT */
#include "trial_collection.h"

#include "attachment.h"
#include "books.h"
#include "clock.h"
#include "process_copy.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Once all of them have taken FREE_NS no other is tried for 4 times as long as the last one took.
   So it is from the beginning after one that takes longer than SHORT_NS, and after the first FEW of
   those for up to 20 times, unless that is an eighth of the run so far: what has happened lately is
   to be known. */
enum { MOST_BYTES = 512 << 20, SHORT_NS = 50000000, FEW = 16, LONG_WAITS = 20, OF_RUN = 8 };
enum { FREE_NS = 1000000000, WAITS = 4 };

/* In memory that the copy shares. */
struct trial_collection {
    bool collected;
    int64_t took_ns;    /* of a processor's time: the copy may have to wait for one */
    int64_t not_before; /* clock_ns() */
    int64_t begun;      /* clock_ns(): the first; 0: there was none */
    uint64_t tried;     /* that took longer than SHORT_NS */
    int64_t took_all_ns;
    uint64_t garbage[FIGURES_MAX_SITES];
};

/* ---- in the copy ---- */

struct trying {
    lua_State *L;
    const struct account *account;
    struct trial_collection *trial;
    bool refused;
};

static const struct block *known_block(const struct account *account, const void *ptr) {
    return account->attachment != NULL ? block_table_find(&account->attachment->blocks, ptr)
                                       : (const struct block *)ptr - 1;
}

static void note_garbage(const struct trying *trying, const void *ptr, size_t told) {
    const struct block *block = known_block(trying->account, ptr);
    if (block != NULL && !block->elsewhere)
        trying->trial->garbage[block->site] += block_size(block, told);
}

/* Lua asks for the second time. */
static void end(const struct trying *trying) {
    struct timespec took;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &took);
    trying->trial->took_ns = (int64_t)took.tv_sec * 1000000000 + took.tv_nsec;
    trying->trial->collected = true;
    _exit(0);
}

static void *alloc_trying(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct trying *trying = ud;
    if (nsize == 0) {
        if (ptr != NULL)
            note_garbage(trying, ptr, osize);
        return NULL;
    }
    if (ptr != NULL && nsize <= osize)
        return ptr;
    if (trying->refused)
        end(trying);
    trying->refused = true;
    return NULL;
}

static int take_some(lua_State *L) {
    lua_newuserdatauv(L, 1, 0);
    return 0;
}

/* Does not come back. */
static void try(void *data) {
    struct trying *trying = data;
    lua_setallocf(trying->L, alloc_trying, trying);
    lua_pushcfunction(trying->L, take_some);
    lua_pcall(trying->L, 0, 0, 0);
    _exit(0);
}

/* ---- in the program ---- */

static bool begin(struct trial_collection *trial, const struct figures *figures) {
    if (figures->live > MOST_BYTES || clock_ns() < trial->not_before)
        return false;
    trial->collected = false;
    memset(trial->garbage, 0, figures->site_count * sizeof trial->garbage[0]);
    return true;
}

static int64_t wait_after(struct trial_collection *trial, int64_t now) {
    int64_t least = WAITS * trial->took_ns, longest = LONG_WAITS * trial->took_ns;
    int64_t of_run = (now - trial->begun) / OF_RUN;
    trial->took_all_ns += trial->took_ns;
    if (trial->took_ns <= SHORT_NS)
        return trial->took_all_ns > FREE_NS ? least : 0;
    if (++trial->tried <= FEW)
        return least;
    longest = longest < of_run ? longest : of_run;
    return longest > least ? longest : least;
}

const uint64_t *trial_collection_run(struct trial_collection *trial, const struct account *account,
                                     lua_State *L) {
    if (!begin(trial, account->ledger.figures))
        return NULL;
    if (trial->begun == 0)
        trial->begun = clock_ns();
    struct trying trying = {.account = account, .trial = trial, .L = L};
    bool collected = process_copy_run(try, &trying, 0) && trial->collected;
    int64_t now = clock_ns();
    trial->not_before = now + wait_after(trial, now);
    return collected ? trial->garbage : NULL;
}

struct trial_collection *trial_collection_create(void) {
    void *mapped = mmap(NULL, sizeof(struct trial_collection), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return mapped != MAP_FAILED ? mapped : NULL;
}

void trial_collection_destroy(struct trial_collection *trial) {
    if (trial != NULL)
        munmap(trial, sizeof *trial);
}
