/* SPDX-License-Identifier: MIT */
/*
 * figures: the memory figures of one program, as shared memory.
 *
 * The adapter creates the mapping, the runtime in the debuggee writes it while the program runs,
 * the adapter reads it whenever somebody asks. So figures cost the program no message, can be read
 * while it is busy or blocked, and outlive it whatever ends it (SIGKILL included).
 *
 * It holds totals only: no pointers, no text of the user's program but the names of its chunks,
 * its functions, and of what holds what grows.
 * All sizes are bytes. Everything is zero before the runtime attaches; arrays only grow, and an
 * element is complete before the count that admits it is stored (release; readers load with
 * acquire). While the program runs each number is right by itself, and two of them may be one event
 * apart; at a stop and after the end they all belong to the same moment.
 *
 * Invariant (at a stop and after the end): the sum of figures_live() over all cells of all sites
 * == figures.live. Lua's own count (figures.collector), if it is known, is the same but for what
 * others have taken from the allocator on the program's thread: a luaL_Buffer that outgrew the C
 * stack (lauxlib.c), a module's own blocks and states.
 *
 * Readers see a copy of it: what is added here is copied there (adapter/figures/figures_copy.c).
 *
 * The meaning of each number is the glossary of docs/figures.md.
 */
#ifndef LUAHEAT_LINK_FIGURES_H
#define LUAHEAT_LINK_FIGURES_H

#include "stacks.h"
#include "timeline.h"
#include "windows.h"

#include <stdatomic.h>
#include <stdint.h>

/* Tells figures of another layout, of a runtime that is not the adapter's: those have no figures
 * for it. */
#define FIGURES_MAGIC (UINT32_C(0x4c480000) ^ (uint32_t)sizeof(struct figures))

/* Room, in elements. The mapping is sparse: what is not used costs address space only. A program
   with more sites than this has the rest charged to FIGURES_OVERFLOW, so that sums stay exact. Code
   that is no file gets a part of the room only (runtime/account/ledger.h). */
#define FIGURES_MAX_SITES (1u << 18)
#define FIGURES_MAX_CELLS (FIGURES_MAX_SITES * FIGURES_KINDS)
#define FIGURES_MAX_SOURCES (1u << 16)
#define FIGURES_MAX_TEXT (1u << 25)

/* What a block was allocated as; Lua's own tags (lua_Alloc's osize) in the order of this enum. A
   buffer is what Lua allocates beside objects: table parts, stacks, call records, the string table,
   bytecode. */
enum figures_kind {
    FIGURES_BUFFER,
    FIGURES_STRING,
    FIGURES_TABLE,
    FIGURES_FUNCTION,
    FIGURES_USERDATA,
    FIGURES_THREAD,
    FIGURES_UPVALUE,
    FIGURES_PROTO,
    FIGURES_KINDS
};

/* Sites that are no source line; they hold these indices in every program. */
enum figures_pseudo {
    FIGURES_STARTUP, /* the interpreter's own start: libraries, the main chunk's code, main stack */
    FIGURES_C,       /* allocated with no Lua function on any running stack */
    FIGURES_STRING_TABLE,  /* Lua's global table of short strings */
    FIGURES_DEBUGGER,      /* allocated by the debugger's own work: evaluation, conditions */
    FIGURES_OVERFLOW,      /* lines that found no room */
    FIGURES_BEFORE_ATTACH, /* was there when somebody attached to a program that ran already */
    FIGURES_PSEUDO_SITES
};

/* One kind of block at one site. live = allocated - freed. */
struct figures_cell {
    uint64_t allocations; /* events: new blocks, and blocks that grew */
    uint64_t frees; /* events: blocks freed, and those that grew; allocations - frees are alive */
    uint64_t allocated;
    uint64_t freed;
    uint64_t at_peak;   /* live at the peak numbered peak_seen */
    uint64_t peak_seen; /* if != figures.peaks, the cell has not changed since the last peak: see
                           below */
};

struct figures_site {
    uint32_t source; /* index into sources; pseudo-sites: their own, named "(startup)" and so on */
    uint32_t line;   /* 1-based; 0 for pseudo-sites and for code without line information */
    struct figures_cell cells[FIGURES_KINDS];
};

/* A chunk. Offsets into text; text at offset 0 is the empty string. */
struct figures_source {
    uint32_t name; /* the chunk's name as Lua has it: "@file.lua", "=stdin", or the code itself */
    uint32_t name_bytes; /* it may hold any byte, NUL included; cut to 4096 */
    uint32_t path;       /* absolute path, NUL-terminated, if the chunk is a file; else 0 */
    uint32_t unused;
};

struct figures {
    uint32_t magic; /* FIGURES_MAGIC, stored last by the runtime: until then there are no figures */
    uint32_t text_bytes;
    uint64_t live;      /* the ledger's total */
    uint64_t peak;      /* the largest figures_program() so far */
    uint64_t peaks;     /* how often a new peak was reached */
    uint64_t collector; /* Lua's own count at a stop and at the end; 0: the program runs, or it is
                           in a finalizer, where Lua does not tell */
    /* Of the line that took memory last: the last one that is known to have run, whatever ends the
       program. A pseudo-site: unknown. */
    _Atomic uint32_t last_site;
    _Atomic uint32_t source_count;
    _Atomic uint32_t site_count;
    struct figures_source sources[FIGURES_MAX_SOURCES];
    struct figures_site sites[FIGURES_MAX_SITES];
    char text[FIGURES_MAX_TEXT];
    struct windows_figures windows;
    struct stacks_figures stacks;
    struct timeline_figures timeline;
};

/* The number of a cell among all cells. */
static inline uint32_t figures_cell_number(uint32_t site, enum figures_kind kind) {
    return site * FIGURES_KINDS + (uint32_t)kind;
}

static inline uint64_t figures_live(const struct figures_cell *cell) {
    return cell->allocated - cell->freed;
}

/* What of the heap is the debugger's, and what is the program's. */
static inline uint64_t figures_debugger(const struct figures *figures) {
    uint64_t live = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        live += figures_live(&figures->sites[FIGURES_DEBUGGER].cells[kind]);
    return live;
}

static inline uint64_t figures_program(const struct figures *figures) {
    return figures->live - figures_debugger(figures);
}

/* Live bytes of the cell at the moment the program's heap was largest. Not of FIGURES_DEBUGGER,
   which has no part in it. */
static inline uint64_t figures_at_peak(const struct figures *figures,
                                       const struct figures_cell *cell) {
    return cell->peak_seen == figures->peaks ? cell->at_peak : figures_live(cell);
}

#endif
