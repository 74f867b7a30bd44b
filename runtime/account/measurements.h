/* SPDX-License-Identifier: MIT */
/*
 * measurements: named series of windows (link/windows.h) as the program runs through them, and what
 * every site does in those that are open. Windows of one measurement may nest and overlap, those of
 * different ones as well.
 *
 * While an epoch runs, what happens is noted once, by site; when it ends that is added to every
 * window that is open. So an event costs the same whatever the number of windows, and a lap costs
 * what it touched.
 *
 * Invariant: over all lines of a window, allocated - freed == heap_after - heap_before.
 *
 * The allocator must have settled what its last event left open (account_follow) before any window
 * opens or closes.
 */
#ifndef LUAHEAT_ACCOUNT_MEASUREMENTS_H
#define LUAHEAT_ACCOUNT_MEASUREMENTS_H

#include "array.h"
#include "epochs.h"
#include "figures.h"

#include <assert.h>

struct thread;
struct trial_collection;

enum { MEASUREMENTS_ANY = -1 };

struct measurements_open {
    uint32_t measurement;
    uint64_t number;
    bool lap;
    const struct thread *thread; /* that opened it; only to be compared */
};

struct measurements {
    struct figures *figures; /* NULL: memory is off */
    struct epochs epochs;
    ARRAY(struct measurements_open) open;  /* in the order they were opened */
    uint32_t *lines[WINDOWS_MEASUREMENTS]; /* by site: its window_line; 0: none yet */
    size_t line_room[WINDOWS_MEASUREMENTS];
    uint32_t snapshots[WINDOWS_SNAPSHOTS]; /* the last epochs that began so */
    unsigned snapshot_count;
    struct trial_collection *trial; /* of whoever notes what lives; NULL: none yet */
    uint64_t due;                   /* measurements that a point is due of, a bit each */
};

static_assert(WINDOWS_MEASUREMENTS <= 64, "each has a bit");

/* Zeroed figures, or NULL. */
void measurements_init(struct measurements *measurements, struct figures *figures);
void measurements_finish(struct measurements *measurements);

/* The measurement of that name (valid UTF-8, cut to fit), made if need be. -ENOSPC if there are too
   many. */
int measurements_find(struct measurements *measurements, const char *name);

/* Another epoch begins: what is alive now can be told from what is born later. These two do nothing
   if memory is off. */
void measurements_snapshot(struct measurements *measurements);

/* And another: the program goes on from a stop. */
void measurements_go_on(struct measurements *measurements);

/* A window opens; its number, 0 if memory is out. One that has stayed open while WINDOWS_RECENT
   others of its measurement were opened is given up. */
uint64_t measurements_open(struct measurements *measurements, uint32_t measurement,
                           const struct thread *thread);

/* Closes the innermost open window of the measurement; MEASUREMENTS_ANY: of any, laps apart. Of
   those that this thread opened, if there is one. False if none is open. */
bool measurements_close(struct measurements *measurements, int measurement,
                        const struct thread *thread);

/* Closes that window, if it is still open. Those that opened later in the same thread were left by
   an error: they are given up. It stays where it is until WINDOWS_KEPT others have opened. NULL if
   it was given up itself. */
const struct window *measurements_close_number(struct measurements *measurements,
                                               uint32_t measurement, uint64_t number);

/* Closes the open window, if there is one, and opens the next in the same moment. */
void measurements_lap(struct measurements *measurements, uint32_t measurement,
                      const struct thread *thread);

/* Forgets the windows of a measurement, open ones too. */
void measurements_clear(struct measurements *measurements, uint32_t measurement);

/* Is what lives to be noted, of a window that has just closed? */
static inline bool measurements_due(const struct measurements *measurements) {
    return measurements->due != 0;
}

/* What lives of each line now, of which garbage[site] bytes are garbage (NULL: nothing is), is
   noted as a point of the measurements that are due. */
void measurements_note_living(struct measurements *measurements, const uint64_t *garbage);

/* It cannot be told. */
static inline void measurements_pass_over(struct measurements *measurements) {
    measurements->due = 0;
}

static inline bool measurements_on(const struct measurements *measurements) {
    return epochs_on(&measurements->epochs);
}

/* The allocator's events, while on. */
static inline void measurements_charge(struct measurements *measurements, uint32_t site,
                                       enum figures_kind kind, uint64_t size) {
    struct epoch_total *total = epochs_total(&measurements->epochs, site);
    epochs_charge(&measurements->epochs, figures_cell_number(site, kind), size);
    total->allocations++;
    total->allocated += size;
}

static inline void measurements_release(struct measurements *measurements, uint32_t site,
                                        enum figures_kind kind, uint32_t birth, uint64_t size) {
    epochs_release(&measurements->epochs, figures_cell_number(site, kind), birth, size);
    epochs_total(&measurements->epochs, site)->freed += size;
}

/* The last charge, of this epoch, was another site's: ledger_correct. */
void measurements_correct(struct measurements *measurements, uint32_t wrong, uint32_t right,
                          enum figures_kind kind, uint64_t size);

#endif
