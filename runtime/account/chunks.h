/* SPDX-License-Identifier: MIT */
/*
 * chunks: what Lua loaded, by name. A chunk is identified by its name's bytes ("@file.lua",
 * "=stdin" or the code itself), as Lua gives it in lua_Debug.source; two loads of one file are one
 * chunk.
 *
 * `source` points into a Lua string that can die and whose address can come back for another chunk.
 * The pointer is therefore only trusted while its block lives: the allocator reports every freed
 * block.
 */
#ifndef LUAHEAT_ACCOUNT_CHUNKS_H
#define LUAHEAT_ACCOUNT_CHUNKS_H

#include "pointer_map.h"

#include <stdbool.h>
#include <stdint.h>

struct chunk {
    struct chunk *next; /* chunks.first: in the order of appearance */
    char *name;         /* NUL-terminated; may hold NULs */
    size_t name_bytes;
    uint32_t hash;
    int id;                  /* 1, 2, ... : DAP's sourceReference for chunks without a file */
    char *path;              /* real path if the chunk is a file, else NULL */
    struct chunk *file;      /* of its path's chunks the first, which holds the sites: "@a.lua" and
                                "@./a.lua"      are one file. Itself if it is no file. */
    uint32_t *site_of_line;  /* 0: none yet (site 0 is no line's) */
    uint32_t lines;          /* room in site_of_line */
    uint32_t figures_source; /* UINT32_MAX: not in the figures yet */
    const void *breakpoints; /* what control/breakpoints.c found for its path ... */
    unsigned breakpoints_version; /* ... and when */
};

/* What is known of a function, while its block lives. */
struct chunk_function {
    const void *function; /* lua_topointer */
    struct chunk *chunk;  /* NULL: a C function */
    int linedefined;
    bool is_main;
    bool holds;             /* what control/hook.c found: it holds a breakpoint ... */
    unsigned holds_version; /* ... and when */
};

enum { CHUNKS_FILTER_BITS = 4096, CHUNKS_FUNCTIONS = 256 };

struct chunks {
    bool remembering; /* of some block, what is in it: they must be told of each that is freed */
    char *folder;     /* the current one at the start; NULL: unknown */
    struct chunk *first, **last;
    int count;
    struct pointer_map by_pointer; /* lua_Debug.source -> chunk, while the string lives */
    struct pointer_map by_hash;    /* hash of the name -> chunk; collisions are walked past */
    const char *last_source;       /* the commonest answer, kept at hand */
    struct chunk *last_chunk;
    struct chunk_function functions[CHUNKS_FUNCTIONS]; /* by address: the last of each place */
    size_t text_offset;                       /* from a Lua string's block to its text, in bytes */
    uint64_t filter[CHUNKS_FILTER_BITS / 64]; /* could a block hold a name? */
};

/* text_offset: chunks_text_offset() */
void chunks_init(struct chunks *chunks, size_t text_offset);
void chunks_finish(struct chunks *chunks);

/* Measures, in a scratch state of the Lua in use, how far a string's text lies behind the start of
   its block. 0 if memory is out. */
size_t chunks_text_offset(void);

/* The chunk of a lua_Debug.source, made on first sight. Its path is resolved then, against the
   current directory, or the one of the start if it is not there: it may have been loaded long
   before. NULL if memory is out. */
struct chunk *chunks_find(struct chunks *chunks, const char *source, size_t source_bytes);

/* A quick no: can the block hold a name? */
static inline bool chunks_may_hold(const struct chunks *chunks, const void *block) {
    uintptr_t bit = ((uintptr_t)block >> 4) % CHUNKS_FILTER_BITS;
    return chunks->filter[bit / 64] >> bit % 64 & 1;
}

/* Where a function's record is, or belongs. */
static inline struct chunk_function *chunks_function(struct chunks *chunks, const void *function) {
    uintptr_t address = (uintptr_t)function;
    return &chunks->functions[(address >> 5 ^ address >> 13) % CHUNKS_FUNCTIONS];
}

/* Keeps what is known of a function, in its place, until its block is freed. */
static inline struct chunk_function *chunks_remember(struct chunks *chunks,
                                                     const struct chunk_function *function) {
    struct chunk_function *place = chunks_function(chunks, function->function);
    *place = *function;
    chunks->remembering = true;
    return place;
}

/* The allocator frees this block: a function of this address is another one from now on. */
static inline void chunks_forget_function(struct chunks *chunks, const void *block) {
    struct chunk_function *known = chunks_function(chunks, block);
    if (known->function == block)
        known->function = NULL;
}

/* The allocator frees this block: a name in it is not to be trusted any more. */
void chunks_forget(struct chunks *chunks, const void *block);

#endif
