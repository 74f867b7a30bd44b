/* SPDX-License-Identifier: MIT */
/*
 * snapshot: the state of all sites at one moment: to be shown later, to measure growth from, to be
 * compared with another. Only what ever allocated is kept: 40 bytes for each kind of object of each
 * line, 16 for each of its ages, and 40 for what happened below it.
 */
#ifndef LUAHEAT_ADAPTER_SNAPSHOT_H
#define LUAHEAT_ADAPTER_SNAPSHOT_H

#include "ages.h"
#include "lines.h"

#include <stddef.h>
#include <stdint.h>

struct snapshot_cell {
    uint32_t number; /* figures_cell_number */
    struct lines_kind totals;
};

struct snapshot_callees {
    uint32_t site;
    struct callees callees;
};

/* All zero: the start, when nothing had been allocated. */
struct snapshot {
    uint64_t live, peak, collector; /* of the heap: lines.h */
    uint32_t epoch;                 /* began at this moment (link/windows.h); 0: not told */
    size_t count;
    struct snapshot_cell *cells; /* by number, ascending */
    size_t callees_count;
    struct snapshot_callees *callees; /* by site, ascending */
    struct ages ages;                 /* told apart at earlier snapshots, if it was asked for */
    size_t call_count;
    struct callees *calls; /* by node of the tree of calls, if it was asked for */
};

/* Of a reading in the order of the sites; without ages and calls. 0 or -ENOMEM (the snapshot is all
   zero then). */
int snapshot_take(struct snapshot *snapshot, const struct lines *lines);

/* Of the figures that were read, which have not changed since; `earlier`: the epochs of snapshots
   before it, ascending, at most WINDOWS_SNAPSHOTS. 0 or -ENOMEM (the snapshot has no ages then). */
int snapshot_add_ages(struct snapshot *snapshot, const struct figures *figures,
                      const uint32_t *earlier, size_t count);

/* Likewise what each call had allocated itself. 0 or -ENOMEM. */
int snapshot_add_calls(struct snapshot *snapshot, const struct figures *figures);
void snapshot_finish(struct snapshot *snapshot);

/* What it takes. */
size_t snapshot_bytes(const struct snapshot *snapshot);

/* What lived, by kind. */
void snapshot_kinds(const struct snapshot *snapshot, struct lines_total kinds[FIGURES_KINDS]);

/* How often a site had allocated. */
uint64_t snapshot_allocations(const struct snapshot *snapshot, uint32_t site);

/* Makes the growth of a later reading, in the order of the sites, that since the snapshot; with it
   that below the lines. */
void snapshot_measure(const struct snapshot *snapshot, struct lines *lines);

/* Changes a later reading, in the order of the sites, to what had happened at the snapshot's
   moment. */
void snapshot_show(const struct snapshot *snapshot, struct lines *lines);

/* Changes it to what has happened since: allocations, allocated, freed and growth (of the kinds
   too, and below the lines), and what became of the bytes, if the ages, which are of the reading's
   moment, know the snapshot's epoch. live is still that of the reading. Rows that did nothing and
   hold nothing are taken out.

   Invariants, of each row, each kind and all together: survived + born is what lives at the later
   moment, survived + gone what lived at the earlier one. */
void snapshot_subtract(const struct snapshot *snapshot, const struct ages *ages,
                       struct lines *lines);

#endif
