/* SPDX-License-Identifier: MIT */
#include "attached.h"

#include "accounts.h"
#include "attachment.h"
#include "booking.h"
#include "plain_functions.h"
#include "release.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was there before ---- */

/* A block of which nothing is known: a buffer. */
static struct block unknown(size_t size) {
    return (struct block){.size = size, .site = FIGURES_BEFORE_ATTACH, .kind = FIGURES_BUFFER};
}

/* One of those is known from here on, and counted. NULL if memory is out. */
static struct block *make_known(struct account *account, const void *ptr, size_t size) {
    struct block *block = block_table_add(&account->attachment->blocks, ptr);
    if (block == NULL)
        return NULL;
    *block = unknown(size);
    booking_cell(account, block)->allocations++;
    return block;
}

static int found_block(struct account *account, struct layout_block found) {
    struct block whole = unknown(0);
    struct figures_cell *rest = booking_cell(account, &whole);
    if (found.address == NULL || figures_live(rest) < found.size ||
        block_table_find(&account->attachment->blocks, found.address) != NULL)
        return 0;
    struct block *block = block_table_add(&account->attachment->blocks, found.address);
    if (block == NULL)
        return -ENOMEM;
    *block = unknown(found.size);
    block->kind = (uint32_t)found.kind;
    ledger_sort_out(&account->ledger, rest, booking_cell(account, block), found.size);
    return 0;
}

/* Its stack, which no line must be asked for, and that nobody can own but who owns the thread. */
static int found_stack(struct account *account, lua_State *L) {
    struct block_table *blocks = &account->attachment->blocks;
    const void *stack = layout_stack(account->attachment->layout, L);
    struct block *thread = block_table_find(blocks, threads_block(L));
    if (stack == NULL || thread == NULL || block_table_find(blocks, stack) != NULL)
        return 0;
    struct block *block = make_known(account, stack, 0);
    if (block == NULL)
        return -ENOMEM;
    block->pinned = block->stack = true;
    block->thread = thread;
    return 0;
}

static int found_strings(struct account *account, const lua_State *main) {
    const void *strings = layout_strings(account->attachment->layout, main);
    struct block *block = strings != NULL ? make_known(account, strings, 0) : NULL;
    if (block == NULL)
        return strings != NULL ? -ENOMEM : 0;
    block->pinned = true;
    return 0;
}

static int found_thread(struct account *account, lua_State *L, struct layout_block found) {
    if (threads_of(&account->threads, L) != NULL)
        return 0;
    int error = threads_adopt(&account->threads, L);
    if (error == 0)
        remembered_add(&account->remembered, threads_block(L));
    if (error == 0 && ledger_open(&account->ledger))
        error = found_block(account, found);
    return error == 0 && ledger_open(&account->ledger) ? found_stack(account, L) : error;
}

static int found_function(struct account *account, lua_State *L, int index) {
    struct layout_block upvalue;
    const struct layout *layout = account->attachment->layout;
    int error = found_block(account, layout_of(layout, L, index));
    for (int n = 1; error == 0 && lua_getupvalue(L, index, n) != NULL; n++) {
        lua_pop(L, 1);
        upvalue = layout_of_upvalue(layout, L, index, n);
        error = found_block(account, upvalue);
    }
    return error;
}

/* What lauxlib keeps the text of a long luaL_Buffer in: a block that it takes from the allocator by
   itself, and that Lua does not count. */
struct box {
    void *block;
    size_t size;
};

static bool is_box(lua_State *L, int index) {
    if (lua_rawlen(L, index) != sizeof(struct box) || !lua_getmetatable(L, index))
        return false;
    luaL_getmetatable(L, "_UBOX*");
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

static int found_box(struct account *account, const struct box *box) {
    struct block_table *blocks = &account->attachment->blocks;
    if (box->block == NULL || block_table_find(blocks, box->block) != NULL)
        return 0;
    struct block *block = block_table_add(blocks, box->block);
    if (block == NULL)
        return -ENOMEM;
    *block = (struct block){.size = box->size, .elsewhere = true};
    return 0;
}

int attached_found(struct account *account, lua_State *L, int index) {
    const struct layout *layout = account->attachment->layout;
    if (lua_isthread(L, index))
        return found_thread(account, lua_tothread(L, index), layout_of(layout, L, index));
    if (!ledger_open(&account->ledger))
        return 0;
    if (lua_isfunction(L, index))
        return found_function(account, L, index);
    int error = found_block(account, layout_of(layout, L, index));
    if (error == 0 && lua_type(L, index) == LUA_TUSERDATA && is_box(L, index))
        error = found_box(account, lua_touserdata(L, index));
    return error;
}

/* ---- the allocator ---- */

/* Of the two blocks that were not seen at their birth, and may have any size, Lua is to be
 * believed.
 */
static size_t size_of(const struct block *block, size_t told) {
    return block->size != 0 ? block_size(block, told) : told;
}

/* Whose line is asked for, and whose hook the host may have set anew. Not while a stack may be
   reallocated. */
static void look_who_runs(struct account *account) {
    if (account->building || account_works(account))
        return;
    threads_find_running(&account->threads);
    if (account_figures(account) != NULL && account->vm != NULL)
        booking_save_pc(account, account->attachment->how);
}

static void look_for_hooks(struct account *account) {
    if (threads_youngest_lost_hook(&account->threads))
        booking_pass(account);
    else
        booking_look(account);
}

/* It has been freed elsewhere, and its address is another one's. */
static void forget_block(struct account *account, void *ptr, size_t told) {
    struct block *block = block_table_find(&account->attachment->blocks, ptr);
    if (block == NULL)
        return;
    if (!block->elsewhere)
        booking_freed(account, block, ptr, size_of(block, told));
    block_table_remove(&account->attachment->blocks, ptr);
}

void attached_take_back(struct account *account) {
    struct seat_freed freed;
    while (ledger_open(&account->ledger) && seat_next_freed(account->attachment->seat, &freed)) {
        booking_follow(account, NULL);
        forget_block(account, freed.ptr, freed.size);
    }
}

void attached_make_up(struct account *account, uint64_t counted) {
    const struct block whole = unknown(0);
    struct figures_cell *rest = booking_cell(account, &whole);
    uint64_t live = account->ledger.figures->live;
    if (live < counted)
        ledger_charge(&account->ledger, rest, 0, rest, counted - live);
}

static void *create(struct account *account, size_t tag, size_t size) {
    struct seat *seat = account->attachment->seat;
    void *ptr = seat_pass(seat, NULL, tag, size);
    if (ptr == NULL)
        return NULL;
    forget_block(account, ptr, 0);
    enum figures_kind kind = layout_kind(tag);
    if (kind == FIGURES_THREAD && !booking_thread_born(account, ptr, size))
        return seat_pass(seat, ptr, size, 0);
    struct block *block = block_table_add(&account->attachment->blocks, ptr);
    struct block rest = unknown(size);
    if (block == NULL) {
        booking_charge(account, &rest, booking_cell(account, &rest), 0, size);
        return ptr;
    }
    *block = (struct block){.size = size, .kind = (uint32_t)kind};
    booking_new(account, block, kind, size);
    return ptr;
}

/* Is it larger than all that is left of what Lua counted? */
static bool is_uncounted(struct account *account, size_t size) {
    const struct block whole = unknown(size);
    return figures_live(booking_cell(account, &whole)) < size;
}

/* Nobody knows it, and it goes. */
static void destroy_unknown(struct account *account, void *ptr, size_t size) {
    const struct block block = unknown(size);
    if (seat_forget_born(account->attachment->seat, ptr) || is_uncounted(account, size))
        return;
    if (remembered_maybe(&account->remembered, ptr))
        booking_forget(account, ptr);
    booking_release(account, &block, size);
}

static void destroy(struct account *account, void *ptr, struct block *block, size_t size) {
    if (block == NULL)
        destroy_unknown(account, ptr, size);
    else
        forget_block(account, ptr, size);
    seat_pass(account->attachment->seat, ptr, size, 0);
}

/* It was known; it may move. */
static void *resize_known(struct account *account, void *ptr, struct block *block, size_t osize,
                          size_t nsize) {
    struct block_table *blocks = &account->attachment->blocks;
    size_t size = size_of(block, osize);
    if (nsize > size && !block->pinned)
        look_who_runs(account);
    struct booking_resizing before = booking_before_resize(account, block, size, nsize);
    block_table_take(blocks, ptr);
    void *moved = seat_pass(account->attachment->seat, ptr, osize, nsize);
    if (moved != NULL && moved != ptr)
        forget_block(account, moved, 0);
    block_table_put(blocks, moved != NULL ? moved : ptr, block);
    if (moved == NULL) {
        if (before.sample != NULL)
            sampling_put(&account->sampling, block, before.sample, size, 0);
        return NULL;
    }
    if (!block->stack)
        block->size = nsize;
    booking_resized(account, block, &before, size, nsize);
    return moved;
}

/* A buffer from before that shrinks stays one; one that grows becomes known. Without memory for
   that it still is what it was. */
static void *resize_unknown(struct account *account, void *ptr, size_t osize, size_t nsize) {
    struct block rest = unknown(osize);
    struct seat *seat = account->attachment->seat;
    if (seat_forget_born(seat, ptr) || is_uncounted(account, osize))
        return seat_pass(seat, ptr, osize, nsize);
    if (nsize > osize && (account->attachment->layout->stack != 0) &&
        make_known(account, ptr, osize))
        return resize_known(account, ptr, block_table_find(&account->attachment->blocks, ptr),
                            osize, nsize);
    void *moved = seat_pass(seat, ptr, osize, nsize);
    if (moved != NULL && nsize > osize)
        booking_charge(account, &rest, booking_cell(account, &rest), osize, nsize);
    else if (moved != NULL)
        booking_release(account, &rest, osize - nsize);
    return moved;
}

/* A block of nobody here. */
static void *resize_others(struct account *account, void *ptr, struct block *block, size_t osize,
                           size_t nsize) {
    block_table_take(&account->attachment->blocks, ptr);
    void *moved = seat_pass(account->attachment->seat, ptr, osize, nsize);
    if (moved != NULL && moved != ptr)
        forget_block(account, moved, 0);
    block_table_put(&account->attachment->blocks, moved != NULL ? moved : ptr, block);
    return moved;
}

static void *resize(struct account *account, void *ptr, struct block *block, size_t osize,
                    size_t nsize) {
    if (block == NULL)
        return resize_unknown(account, ptr, osize, nsize);
    if (block->elsewhere)
        return resize_others(account, ptr, block, osize, nsize);
    return resize_known(account, ptr, block, osize, nsize);
}

static void *alloc_booked(struct account *account, void *ptr, size_t osize, size_t nsize) {
    struct block *block = ptr != NULL ? block_table_find(&account->attachment->blocks, ptr) : NULL;
    if (ptr == NULL && nsize == 0)
        return seat_pass(account->attachment->seat, ptr, osize, nsize);
    booking_follow(account, nsize == 0 ? block : NULL);
    if (ptr == NULL)
        return create(account, osize, nsize);
    if (nsize > 0)
        return resize(account, ptr, block, osize, nsize);
    destroy(account, ptr, block, osize);
    return NULL;
}

/* With figures off, or when they are over: threads are known by their addresses. */
static void *alloc_unbooked(struct account *account, void *ptr, size_t osize, size_t nsize) {
    struct seat *seat = account->attachment->seat;
    if (account->unproven != NULL) {
        account->unproven = NULL;
        booking_thread_built(account);
    }
    if (ptr != NULL && nsize == 0 && remembered_maybe(&account->remembered, ptr))
        booking_forget(account, ptr);
    void *moved = seat_pass(seat, ptr, osize, nsize);
    if (moved == NULL || ptr != NULL || osize != LUA_TTHREAD || nsize != account->thread_bytes[1])
        return moved;
    if (!booking_thread_born(account, moved, nsize))
        return seat_pass(seat, moved, nsize, 0);
    account->unproven = moved;
    return moved;
}

static void end(struct account *account);

static void *alloc_at_home(struct account *account, void *ptr, size_t osize, size_t nsize,
                           struct vm_pc_call how) {
    account->attachment->how = how;
    bool closes = ptr == account->attachment->main && nsize == 0;
    attached_take_back(account);
    if (ptr == NULL)
        look_who_runs(account);
    if (nsize > 0)
        look_for_hooks(account);
    void *moved = ledger_open(&account->ledger) ? alloc_booked(account, ptr, osize, nsize)
                                                : alloc_unbooked(account, ptr, osize, nsize);
    if (closes)
        end(account);
    return moved;
}

static void *alloc_saving_pc(void *ud, void *ptr, size_t osize, size_t nsize,
                             struct vm_pc_call how) {
    struct seat *seat = ud;
    struct account *account = atomic_load_explicit(&seat->account, memory_order_acquire);
    if (account == NULL)
        return seat_pass(seat, ptr, osize, nsize);
    if (ptr == NULL && osize == LUA_TTHREAD && nsize == account->thread_bytes[0])
        atomic_store(&seat->lent, true);
    if (!seat_follows(seat))
        return seat_pass_elsewhere(seat, ptr, osize, nsize);
    return alloc_at_home(account, ptr, osize, nsize, how);
}

static void *alloc(void *ud, void *ptr, size_t osize, size_t nsize) {
    return alloc_saving_pc(ud, ptr, osize, nsize, (struct vm_pc_call){0});
}

bool attached_is_allocator(lua_Alloc allocator, const void *ud) {
    return allocator == alloc || vm_pc_leads_to(allocator, ud, alloc_saving_pc);
}

/* ---- from the beginning to the end ---- */

static lua_State *main_of(lua_State *L) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
    lua_State *main = lua_tothread(L, -1);
    lua_pop(L, 1);
    return main;
}

static struct layout_block block_of_thread(const struct layout *layout, lua_State *L,
                                           bool is_main) {
    return (struct layout_block){threads_block(L), layout->thread[!is_main], FIGURES_THREAD};
}

/* All that is there, and the threads that are known to run: the main thread, and L. */
static int find_first(struct account *account, lua_State *main, lua_State *L, uint64_t bytes) {
    const struct layout *layout = account->attachment->layout;
    if (ledger_open(&account->ledger)) {
        struct block whole = unknown(0);
        struct figures_cell *cell = booking_cell(account, &whole);
        ledger_charge(&account->ledger, cell, 0, cell, bytes);
    }
    int error = found_thread(account, main, block_of_thread(layout, main, true));
    if (error == 0)
        error = found_thread(account, L, block_of_thread(layout, L, false));
    if (error == 0 && ledger_open(&account->ledger))
        error = found_strings(account, main);
    if (error == 0)
        threads_include(&account->threads, L);
    return error;
}

/* The state goes on without the account. */
static void end(struct account *account) {
    struct attachment *attachment = account->attachment;
    accounts_remove(account);
    *account->ledger.open = false;
    account->threads.registry = NULL;
    account->attachment = NULL;
    if (attachment->seat != NULL)
        seat_leave(attachment->seat);
    block_table_finish(&attachment->blocks);
    free(attachment);
}

static void undo(struct account *account) {
    end(account);
    threads_finish(&account->threads);
}

/* Takes its place, without effect yet. */
static int sit_down(struct account *account, lua_State *L, lua_State *main) {
    void *ud;
    lua_Alloc allocator = lua_getallocf(L, &ud);
    const struct layout *layout = layout_measured();
    account->attachment = calloc(1, sizeof *account->attachment);
    if (account->attachment == NULL)
        return -ENOMEM;
    account->attachment->layout = layout;
    account->attachment->main = threads_block(main);
    account->outside = FIGURES_C;
    account->threads.plain = plain_functions();
    if (layout == NULL)
        return -ENOMEM;
    memcpy(account->thread_bytes, layout->thread, sizeof account->thread_bytes);
    account->attachment->seat = seat_take(allocator, ud, account);
    if (account->attachment->seat == NULL)
        return -ENOMEM;
    account->attachment->seat->user = (struct vm_pc_user){alloc_saving_pc, alloc};
    account->vm = ledger_open(&account->ledger) ? vm_pc_proven() : NULL;
    return 0;
}

int attached_begin(struct account *account, lua_State *L) {
    lua_State *main = main_of(L);
    uint64_t bytes = release_collector_bytes(L);
    if (bytes == 0)
        return -EAGAIN;
    account->threads.registry = lua_topointer(L, LUA_REGISTRYINDEX);
    if (!accounts_add(account))
        return -EBUSY;
    int error = sit_down(account, L, main);
    if (error == 0)
        error = find_first(account, main, L, bytes);
    if (account->attachment == NULL)
        accounts_remove(account);
    else if (error != 0)
        undo(account);
    else
        lua_setallocf(L, account->vm != NULL ? vm_pc_allocator : alloc, account->attachment->seat);
    return error;
}

void attached_end(struct account *account, lua_State *L) {
    void *ud;
    const struct seat *seat = account->attachment->seat;
    lua_Alloc allocator = lua_getallocf(L, &ud);
    if (attached_is_allocator(allocator, ud) && ud == seat)
        lua_setallocf(L, seat->allocator, seat->ud);
    undo(account);
}
