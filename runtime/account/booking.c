/* SPDX-License-Identifier: MIT */
#include "booking.h"

#include "site_cache.h"

/* ---- what is being measured ---- */

void booking_measure_charge(struct account *account, struct block *block, size_t size) {
    measurements_charge(&account->measurements, block->site, block->kind, size);
    block->birth = account->measurements.epochs.shared->now;
}

void booking_measure_release(struct account *account, const struct block *block, size_t size) {
    measurements_release(&account->measurements, block->site, block->kind, block->birth, size);
}

/* Of a block that is pinned it is not the running line's. */
void booking_check_memory_breakpoints(struct account *account, const struct block *block,
                                      size_t osize, size_t size) {
    bool was_hit = account->memory_breakpoints.is_hit;
    memory_breakpoints_charged(&account->memory_breakpoints, account->ledger.figures, block->site,
                               osize, size);
    if (account->memory_breakpoints.is_hit && !was_hit)
        account->hit_frame = block->pinned ? NULL : account->frame;
}

/* ---- some blocks are also booked with the calls that led to them ---- */

/* Of a block that is pinned nobody may be asked. */
uint32_t booking_stack(struct account *account, const struct block *block) {
    if (!block->pinned)
        return account_current_stack(account);
    return block->stack ? account_thread_stack(account, block->site)
                        : account_site_stack(account, STACKS_ROOT, block->site);
}

/* The first stack of a thread is made by what makes the thread, whose calls can be asked. */
void booking_sample_new(struct account *account, struct block *block, size_t size) {
    uint32_t stack = block->stack ? account_current_stack(account) : booking_stack(account, block);
    block->sampled = sampling_add(&account->sampling, block, stack, size);
    sampling_note_heap(&account->sampling, figures_program(account->ledger.figures));
}

void booking_sample_freed(struct account *account, const struct block *block, size_t size) {
    sampling_drop(&account->sampling, sampling_take(&account->sampling, block), size);
}

void booking_sample_resized(struct account *account, struct block *block,
                            const struct booking_resizing *before, size_t osize, size_t nsize) {
    struct sampling *sampling = &account->sampling;
    block->sampled = before->sample != NULL;
    if (before->sample != NULL && nsize <= osize) {
        sampling_put(sampling, block, before->sample, osize, osize - nsize);
        return;
    }
    if (before->sample != NULL)
        sampling_drop(sampling, before->sample, osize);
    block->sampled = before->due && sampling_add(sampling, block, before->stack, nsize);
    sampling_note_heap(&account->sampling, figures_program(account->ledger.figures));
}

/* ---- threads ---- */

bool booking_thread_born(struct account *account, const void *block, size_t size) {
    if (account->building)
        account->thread_bytes[0] = size;
    else if (size != account->thread_bytes[1])
        return true;
    if (threads_born(&account->threads, block) != 0)
        return false;
    remembered_add(&account->remembered, block);
    struct thread *thread = account->threads.last;
    thread->made_in = account_current_line(account, &thread->made_line);
    if (thread->made_in != NULL)
        chunks_use(thread->made_in);
    return true;
}

static void forget_thread(struct account *account, const void *block) {
    unsigned before = account->threads.count;
    struct chunk *made_in = threads_died(&account->threads, block);
    if (account->threads.count < before)
        remembered_remove(&account->remembered, block);
    chunks_release(&account->chunks, made_in);
}

void booking_thread_built(struct account *account) {
    struct thread *thread = account->threads.last;
    if (thread == NULL)
        return;
    thread->built = true;
    if (threads_is_others(&account->threads, threads_block(thread->L)))
        forget_thread(account, threads_block(thread->L));
}

/* ---- who owns what ---- */

/* The candidate is that thread's stack after all: its bytes go to the owner of the old one. */
static void take_as_stack(struct account *account, struct block *block) {
    struct account_move *move = &account->move;
    size_t size = block->size;
    struct figures_cell *wrong = booking_cell(account, block);
    uint32_t wrong_site = block->site;
    block->site = move->old_site;
    block->pinned = block->stack = true;
    block->thread = move->old_thread;
    if (!ledger_open(&account->ledger))
        return;
    ledger_correct(&account->ledger, wrong, booking_cell(account, block), size,
                   move->candidate_peak);
    if (booking_measures(account))
        measurements_correct(&account->measurements, wrong_site, block->site, block->kind, size);
    if (block->sampled)
        sampling_correct(&account->sampling, block, booking_stack(account, block), size);
}

void booking_follow_candidate(struct account *account, const struct block *freed) {
    struct account_move *move = &account->move;
    if (move->old_thread != NULL) {
        if (freed != move->old_thread)
            take_as_stack(account, move->candidate);
        *move = (struct account_move){0};
    } else if (freed != NULL && freed->stack) {
        move->old_thread = freed->thread;
        move->old_site = freed->site;
    } else {
        move->candidate = NULL;
    }
}

void booking_assign_first(struct account *account, struct block *block, size_t size) {
    if (block->kind == FIGURES_BUFFER && account->newborn != NULL) {
        booking_thread_built(account);
        if (account->least_stack == 0 || size / 2 < account->least_stack)
            account->least_stack = size / 2;
        block->site = account->newborn->site;
        block->thread = account->newborn;
        block->pinned = block->stack = true;
    } else if (block->kind == FIGURES_BUFFER && account->building && size == STRING_TABLE_BYTES) {
        block->site = FIGURES_STRING_TABLE;
        block->pinned = true;
    } else {
        block->site = account_current_site(account);
    }
    account->newborn = block->kind == FIGURES_THREAD ? block : NULL;
}

void booking_forget(struct account *account, const void *text) {
    chunks_forget(&account->chunks, text);
    account_forget_function(account, text);
    forget_thread(account, text);
}

void booking_forget_code(struct account *account) {
    if (account->sites != NULL)
        site_cache_forget(account->sites);
}

/* ---- what comes before an event ---- */

bool booking_is_too_much(const struct account *account, size_t osize, size_t nsize) {
    const struct figures *figures = account_figures(account);
    return nsize > osize && !account_works(account) &&
           (figures != NULL ? figures_program(figures) : account->held) + (nsize - osize) >
               account->limit;
}

/* The debugger's own work has hooks of its own. */
void booking_pass(const struct account *account) {
    const struct account_owner *owner = &account->owner;
    if (owner->on_pass != NULL && !account_works(account) && !account_is_elsewhere(account))
        owner->on_pass(owner->data);
}

/* A module has put an allocator of its own in front: from here on the hook has to be. */
static void lose_pc(struct account *account) {
    account->vm = NULL;
    booking_pass(account);
}

void booking_save_pc(struct account *account, struct vm_pc_call how) {
    const struct call_info *innermost = account_innermost_call(account);
    if (innermost == NULL)
        return;
    if (how.stack == NULL)
        vm_pc_save_list(account->vm, innermost, how);
    else if (!vm_pc_save_table(account->vm, innermost, how))
        lose_pc(account);
}
