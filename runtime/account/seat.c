/* SPDX-License-Identifier: MIT */
#include "seat.h"

#include <stdlib.h>

static pthread_mutex_t seats_lock = PTHREAD_MUTEX_INITIALIZER;
static struct seat *seats;

/* An empty one for it, or a new one. */
static struct seat *find(lua_Alloc allocator, void *ud) {
    struct seat *seat = seats;
    while (seat != NULL && (seat->taken || seat->allocator != allocator || seat->ud != ud))
        seat = seat->next;
    if (seat != NULL)
        return seat;
    seat = calloc(1, sizeof *seat);
    if (seat == NULL)
        return NULL;
    seat->allocator = allocator;
    seat->ud = ud;
    pthread_mutex_init(&seat->lock, NULL);
    seat->next = seats;
    seats = seat;
    return seat;
}

struct seat *seat_take(lua_Alloc allocator, void *ud, struct account *account) {
    pthread_mutex_lock(&seats_lock);
    struct seat *seat = find(allocator, ud);
    if (seat != NULL)
        seat->taken = true;
    pthread_mutex_unlock(&seats_lock);
    if (seat == NULL)
        return NULL;
    atomic_store(&seat->home, process_here());
    atomic_store(&seat->account, account);
    return seat;
}

void seat_leave(struct seat *seat) {
    atomic_store(&seat->account, NULL);
    pthread_mutex_lock(&seat->lock);
    pointer_map_finish(&seat->born);
    free(seat->freed.items);
    seat->freed.items = NULL;
    seat->freed.count = seat->freed.room = 0;
    atomic_store(&seat->noted, false);
    pthread_mutex_unlock(&seat->lock);
    pthread_mutex_lock(&seats_lock);
    seat->taken = false;
    pthread_mutex_unlock(&seats_lock);
}

void seat_forked(struct seat *seat) {
    pthread_mutex_init(&seat->lock, NULL);
}

/* Without memory for a note a block counts as one of those that nobody knows. */
static void note_born(struct seat *seat, void *ptr) {
    pthread_mutex_lock(&seat->lock);
    if (atomic_load(&seat->account) != NULL && pointer_map_put(&seat->born, ptr, seat) == 0)
        atomic_store(&seat->noted, true);
    pthread_mutex_unlock(&seat->lock);
}

static void note_freed(struct seat *seat, void *ptr, size_t size) {
    pthread_mutex_lock(&seat->lock);
    if (pointer_map_take(&seat->born, ptr) == NULL && atomic_load(&seat->account) != NULL) {
        struct seat_freed *freed = array_add(&seat->freed);
        if (freed != NULL)
            *freed = (struct seat_freed){ptr, size};
        atomic_store(&seat->noted, true);
    }
    pthread_mutex_unlock(&seat->lock);
}

/* A block's address is free for others only after it was noted. */
void *seat_pass_elsewhere(struct seat *seat, void *ptr, size_t osize, size_t nsize) {
    if (ptr != NULL && nsize == 0)
        note_freed(seat, ptr, osize);
    void *moved = seat_pass(seat, ptr, osize, nsize);
    if (moved == NULL || moved == ptr)
        return moved;
    if (ptr != NULL)
        note_freed(seat, ptr, osize);
    note_born(seat, moved);
    return moved;
}

bool seat_next_freed(struct seat *seat, struct seat_freed *freed) {
    if (!atomic_load_explicit(&seat->noted, memory_order_relaxed))
        return false;
    pthread_mutex_lock(&seat->lock);
    bool any = seat->freed.count > 0;
    if (any)
        *freed = seat->freed.items[--seat->freed.count];
    else if (seat->born.count == 0)
        atomic_store(&seat->noted, false);
    pthread_mutex_unlock(&seat->lock);
    return any;
}

bool seat_forget_born(struct seat *seat, const void *ptr) {
    if (!atomic_load_explicit(&seat->noted, memory_order_relaxed))
        return false;
    pthread_mutex_lock(&seat->lock);
    bool born = pointer_map_take(&seat->born, ptr) != NULL;
    pthread_mutex_unlock(&seat->lock);
    return born;
}
