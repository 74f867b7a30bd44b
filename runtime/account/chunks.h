/* SPDX-License-Identifier: MIT */
/*
 * chunks: what Lua loaded, by name. A chunk is identified by its name's bytes ("@file.lua", in some
 * hosts "/folder/file.lua", "=stdin" or the code itself), as Lua gives it in lua_Debug.source; two
 * loads of one file are one chunk.
 *
 * `source` points into a Lua string that can die and whose address can come back for another chunk.
 * The pointer is therefore only trusted while its block lives: the allocator reports every freed
 * block.
 *
 * What has gone is forgotten, so that a program may load any number of chunks: a record lives while
 * somebody uses it, and after that only if a client has been told of it or it is in the figures,
 * which have room for so many (ledger.h).
 */
#ifndef LUAHEAT_ACCOUNT_CHUNKS_H
#define LUAHEAT_ACCOUNT_CHUNKS_H

#include "pointer_map.h"
#include "remembered.h"

#include <stdbool.h>
#include <stdint.h>

/* A name is also looked up by its hash, and a file by its path's. Those of one hash are a chain. */
enum chunk_key { CHUNK_BY_NAME, CHUNK_BY_PATH, CHUNK_KEYS };

/* A line in the figures; UINT32_MAX: none. */
struct chunk_site {
    uint32_t line, site;
};

enum { CHUNK_SITES = 8 };

struct chunk {
    struct chunk *previous, *next; /* chunks.first: in the order of appearance */
    char *name;                    /* NUL-terminated; may hold NULs */
    size_t name_bytes;
    size_t whole_bytes; /* of the name; more than name_bytes: it has gone, and its end is lost */
    int id;             /* 1, 2, ... : DAP's sourceReference for chunks without a file */
    char *path;         /* real path if the chunk is a file, else NULL */
    struct chunk *file; /* of its path's chunks the first, which is in the figures: "@a.lua" and
                           "@./a.lua" are one file. Itself if it is no file. */
    uint32_t figures_source;              /* UINT32_MAX: not in the figures yet */
    struct chunk_site sites[CHUNK_SITES]; /* by line: which one was asked for last there */
    unsigned uses;                        /* see chunks_use() */
    bool told;                            /* see chunks_tell() */
    uint64_t hash[CHUNK_KEYS];
    struct chunk *twin[CHUNK_KEYS]; /* the next of the same hash */
};

/* Bytes that are kept of a name that has gone. */
enum { CHUNKS_TOLD_FILES = 4096, CHUNKS_GONE_BYTES = 4096 };

struct chunks {
    struct remembered *remembered; /* has the blocks that hold a name: they must be told of each
                                      of those that is freed */
    char *folder;                  /* the current one at the start; NULL: unknown */
    struct chunk *first, *last;
    struct chunk *next_new; /* the first that chunks_next_new() has not returned; NULL: none */
    int last_id;
    unsigned told_files;
    struct pointer_map by_pointer;          /* block of a name -> chunk, while it lives */
    struct pointer_map by_hash[CHUNK_KEYS]; /* -> the first of its chain */
    const char *last_source;                /* the commonest answer, kept at hand */
    struct chunk *last_chunk;
    size_t text_offset; /* from a Lua string's block to its text, in bytes */
};

/* text_offset: release_text_offset(). What is remembered stays the caller's. */
void chunks_init(struct chunks *chunks, size_t text_offset, struct remembered *remembered);
void chunks_finish(struct chunks *chunks);

/* The chunk of a lua_Debug.source, made on first sight. Its path is resolved then, against the
   current directory, or the one of the start if it is not there: it may have been loaded long
   before. NULL if memory is out. */
struct chunk *chunks_find(struct chunks *chunks, const char *source, size_t source_bytes);

/* The one with that id; NULL: there is none (any more). */
struct chunk *chunks_by_id(const struct chunks *chunks, int id);

/* Its record must not go while it is used: by a block that holds the name, a chunk of the same
   file, or whoever says so here, until he releases it. */
static inline void chunks_use(struct chunk *chunk) {
    chunk->uses++;
}
void chunks_release(struct chunks *chunks, struct chunk *chunk);

/* A client is told of it: from now on it is kept, as its id is the client's for as long as the
   program lives. Of files, which have no id, only the first CHUNKS_TOLD_FILES. */
void chunks_tell(struct chunks *chunks, struct chunk *chunk);

/* The next in the order of appearance that this has not returned yet and that has not gone; NULL:
   none. */
struct chunk *chunks_next_new(struct chunks *chunks);

/* The allocator frees this block: a name in it is not to be trusted any more. */
void chunks_forget(struct chunks *chunks, const void *block);

#endif
