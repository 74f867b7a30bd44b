/* SPDX-License-Identifier: MIT */
/*
 * breakpoints: which lines of which files stop the program, and of which code that was loaded as a
 * string. Verified against the real lines (line_map), asked by the hook: does this function hold
 * one, does this line? Whether one holds by its options, others decide.
 *
 * Beside those that are set file by file there are some that are kept whatever is set: where a
 * measurement begins and ends.
 *
 * A file that cannot be read yet is waited for: when a chunk of its path is loaded its breakpoints
 * are verified against that. So are those of a file that is loaded again after it has changed.
 *
 * Owned by the debugger. `version` changes whenever the answers may: what others remember of them
 * is tagged with it.
 */
#ifndef LUAHEAT_CONTROL_BREAKPOINTS_H
#define LUAHEAT_CONTROL_BREAKPOINTS_H

#include "breakpoint_options.h"
#include "chunks.h"
#include "line_map.h"

#include <stdbool.h>
#include <stdint.h>

struct breakpoint {
    int id;         /* the adapter's */
    int asked_line; /* 1-based */
    int line;       /* where it is: the next line with code; 0: unverified */
    char *message;  /* why it moved or is not verified, for the user; or NULL */
    bool refused;   /* its options are wrong, which is the message: no file will verify it */
    bool changed;   /* line or message, since they were told */
    struct breakpoint_options options;
};

struct breakpoint_function {
    int linedefined;
    bool follows; /* it holds one on a line that may be come back to without beginning (flow.h) */
};

struct breakpoint_file {
    struct breakpoint_file *next;
    char *path; /* real path; as it was asked while there is no such file; NULL: of code */
    const struct chunk *code;       /* whose name is the code; NULL: of a file */
    struct breakpoint *breakpoints; /* those that were asked for, then those that are kept */
    size_t count, kept;
    struct breakpoint_function *functions; /* that hold one */
    size_t function_count;
    int *lines; /* all of the functions that are followed: where the hook must look, too */
    size_t line_count;
    bool waiting; /* it could not be read */
};

enum { BREAKPOINTS_LINE_FILTER = 4096, BREAKPOINTS_CHUNKS = 64 };

/* What was found for a chunk, and when. */
struct breakpoints_of_chunk {
    int chunk; /* its id; 0: nothing yet */
    unsigned version;
    const struct breakpoint_file *file;
};

struct breakpoints {
    struct breakpoint_file *files;
    struct line_map_cache maps;
    size_t verified; /* over all files */
    size_t waiting;  /* files */
    size_t followed; /* files with functions that are followed */
    unsigned version;
    uint64_t line_filter[BREAKPOINTS_LINE_FILTER / 64]; /* could any file have one on this line? */
    struct breakpoints_of_chunk found[BREAKPOINTS_CHUNKS]; /* by the chunk's id: the last one */
};

void breakpoints_finish(struct breakpoints *breakpoints);

/* The record of a file, or of a chunk whose name is its code (of which a client has been told, so
   that it stays: chunks_tell()); made if need be. NULL if memory is out. */
struct breakpoint_file *breakpoints_of_path(struct breakpoints *breakpoints, const char *path);
struct breakpoint_file *breakpoints_of_code(struct breakpoints *breakpoints,
                                            const struct chunk *chunk);

/* Replaces the breakpoints of one file, but those that are kept, by `count` new ones (id,
   asked_line, options and, if those are refused, the message filled in; what they own is taken
   over, the array is not; the rest is found out). The file then holds them in this order until the
   next call. One with the id and the options of an old one keeps its count of hits. 0, or -ENOMEM:
   then nothing is taken. */
int breakpoints_replace(struct breakpoints *breakpoints, struct breakpoint_file *file,
                        const struct breakpoint *asked, size_t count);

/* Adds one that is kept, behind the others of its file. What it owns is taken over, if the answer
   is not NULL (memory is out). */
const struct breakpoint *breakpoints_keep(struct breakpoints *breakpoints, const char *path,
                                          const struct breakpoint *asked);

/* Drops those that are kept. */
void breakpoints_drop_kept(struct breakpoints *breakpoints);

/* Frees what an asked breakpoint owns. */
void breakpoints_drop(struct breakpoint *breakpoint);

/* The main function of a chunk is being called; it is on top of L's stack. The chunk's file if the
   breakpoints of it have changed by that (those that have are marked so), else NULL. */
struct breakpoint_file *breakpoints_loaded(struct breakpoints *breakpoints, struct chunk *chunk,
                                           lua_State *L);

/* The breakpoints for a chunk; NULL if it has none. */
const struct breakpoint_file *breakpoints_of(struct breakpoints *breakpoints,
                                             const struct chunk *chunk);

/* The function that starts at this line, if it holds one; else NULL. */
const struct breakpoint_function *breakpoints_in_function(const struct breakpoint_file *file,
                                                          int linedefined);

/* A quick no: can there be one on this line of some file, or is its function followed? */
static inline bool breakpoints_maybe(const struct breakpoints *breakpoints, int line) {
    unsigned bit = (unsigned)line % BREAKPOINTS_LINE_FILTER;
    return breakpoints->line_filter[bit / 64] >> bit % 64 & 1;
}

#endif
