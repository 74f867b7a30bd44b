/* SPDX-License-Identifier: MIT */
#include "chunks.h"

#include "figures.h"

#include <assert.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void chunks_init(struct chunks *chunks, size_t text_offset, struct remembered *remembered) {
    *chunks = (struct chunks){
        .folder = getcwd(NULL, 0), .text_offset = text_offset, .remembered = remembered};
}

static void chunk_free(struct chunk *chunk) {
    free(chunk->name);
    free(chunk->path);
    free(chunk);
}

void chunks_finish(struct chunks *chunks) {
    while (chunks->first != NULL) {
        struct chunk *next = chunks->first->next;
        chunk_free(chunks->first);
        chunks->first = next;
    }
    free(chunks->folder);
    pointer_map_finish(&chunks->by_pointer);
    for (int key = 0; key < CHUNK_KEYS; key++)
        pointer_map_finish(&chunks->by_hash[key]);
}

/* ---- found by hash ---- */

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash_of(const char *bytes, size_t size) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return hash;
}

/* Never NULL. */
static const void *hash_key(uint64_t hash) {
    return (const void *)(uintptr_t)(hash | 1u);
}

static struct chunk *first_of(const struct chunks *chunks, enum chunk_key key, uint64_t hash) {
    return pointer_map_get(&chunks->by_hash[key], hash_key(hash));
}

/* False if memory is out. */
static bool add_key(struct chunks *chunks, struct chunk *chunk, enum chunk_key key) {
    chunk->twin[key] = first_of(chunks, key, chunk->hash[key]);
    return pointer_map_put(&chunks->by_hash[key], hash_key(chunk->hash[key]), chunk) == 0;
}

static void take_key(struct chunks *chunks, struct chunk *chunk, enum chunk_key key) {
    struct chunk *before = first_of(chunks, key, chunk->hash[key]);
    if (before != chunk) {
        while (before != NULL && before->twin[key] != chunk)
            before = before->twin[key];
        if (before != NULL)
            before->twin[key] = chunk->twin[key];
    } else if (chunk->twin[key] != NULL) {
        pointer_map_put(&chunks->by_hash[key], hash_key(chunk->hash[key]), chunk->twin[key]);
    } else {
        pointer_map_take(&chunks->by_hash[key], hash_key(chunk->hash[key]));
    }
}

/* ---- new ones ---- */

/* The real path of a file's name, or NULL. */
static char *find_path(const struct chunks *chunks, const char *name) {
    char *path = realpath(name, NULL), *before;
    if (path != NULL || name[0] == '/' || chunks->folder == NULL)
        return path;
    if (asprintf(&before, "%s/%s", chunks->folder, name) < 0)
        return NULL;
    path = realpath(before, NULL);
    free(before);
    return path;
}

static bool is_regular(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* A path without the "@" is a file too, which some hosts leave out (lighttpd, dovecot). No code
   begins like one. */
static char *find_own_path(const struct chunks *chunks, const char *name, size_t bytes) {
    if (name[0] == '@')
        return find_path(chunks, name + 1);
    bool like_path = name[0] == '/' && strlen(name) == bytes && strchr(name, '\n') == NULL;
    return like_path && is_regular(name) ? find_path(chunks, name) : NULL;
}

/* The whole name, which a chunk that had gone may have lost. False if memory is out. */
static bool set_name(struct chunk *chunk, const char *name, size_t bytes) {
    char *copy = malloc(bytes + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, name, bytes);
    copy[bytes] = '\0';
    free(chunk->name);
    chunk->name = copy;
    chunk->name_bytes = chunk->whole_bytes = bytes;
    return true;
}

static struct chunk *find_file(const struct chunks *chunks, const char *path, uint64_t hash) {
    struct chunk *chunk = first_of(chunks, CHUNK_BY_PATH, hash);
    while (chunk != NULL && strcmp(chunk->path, path) != 0)
        chunk = chunk->twin[CHUNK_BY_PATH];
    return chunk;
}

/* False if memory is out. */
static bool join_file(struct chunks *chunks, struct chunk *chunk) {
    chunk->file = chunk;
    if (chunk->path == NULL)
        return true;
    chunk->hash[CHUNK_BY_PATH] = hash_of(chunk->path, strlen(chunk->path));
    struct chunk *file = find_file(chunks, chunk->path, chunk->hash[CHUNK_BY_PATH]);
    if (file == NULL)
        return add_key(chunks, chunk, CHUNK_BY_PATH);
    chunks_use(file);
    chunk->file = file;
    return true;
}

static void append(struct chunks *chunks, struct chunk *chunk) {
    chunk->id = ++chunks->last_id;
    chunk->previous = chunks->last;
    *(chunks->last != NULL ? &chunks->last->next : &chunks->first) = chunk;
    chunks->last = chunk;
    if (chunks->next_new == NULL)
        chunks->next_new = chunk;
}

static struct chunk *chunk_new(struct chunks *chunks, const char *name, size_t bytes,
                               uint64_t hash) {
    struct chunk *chunk = calloc(1, sizeof *chunk);
    if (chunk == NULL)
        return NULL;
    chunk->hash[CHUNK_BY_NAME] = hash;
    chunk->figures_source = UINT32_MAX;
    for (size_t i = 0; i < CHUNK_SITES; i++)
        chunk->sites[i].line = UINT32_MAX;
    if (set_name(chunk, name, bytes) && add_key(chunks, chunk, CHUNK_BY_NAME)) {
        chunk->path = find_own_path(chunks, name, bytes);
        if (join_file(chunks, chunk)) {
            append(chunks, chunk);
            return chunk;
        }
        take_key(chunks, chunk, CHUNK_BY_NAME);
    }
    chunk_free(chunk);
    return NULL;
}

/* Of a name that has lost its end, what is left of it, its length and its hash tell. */
static bool named(const struct chunk *chunk, const char *name, size_t bytes) {
    return chunk->whole_bytes == bytes && memcmp(chunk->name, name, chunk->name_bytes) == 0;
}

/* By content. */
static struct chunk *find_named(struct chunks *chunks, const char *name, size_t bytes) {
    uint64_t hash = hash_of(name, bytes);
    struct chunk *chunk = first_of(chunks, CHUNK_BY_NAME, hash);
    while (chunk != NULL && !(chunk->hash[CHUNK_BY_NAME] == hash && named(chunk, name, bytes)))
        chunk = chunk->twin[CHUNK_BY_NAME];
    if (chunk == NULL)
        return chunk_new(chunks, name, bytes, hash);
    return chunk->name_bytes == bytes || set_name(chunk, name, bytes) ? chunk : NULL;
}

/* ---- those that go ---- */

static bool is_kept(const struct chunk *chunk) {
    bool in_figures =
        chunk->figures_source != UINT32_MAX && chunk->figures_source != FIGURES_OVERFLOW;
    return chunk->told || in_figures;
}

/* The text of code may be long. */
static void cut_name(struct chunk *chunk) {
    if (chunk->told || chunk->name_bytes <= CHUNKS_GONE_BYTES)
        return;
    chunk->name_bytes = CHUNKS_GONE_BYTES;
    chunk->name[CHUNKS_GONE_BYTES] = '\0';
    char *shorter = realloc(chunk->name, CHUNKS_GONE_BYTES + 1);
    if (shorter != NULL)
        chunk->name = shorter;
}

static void detach(struct chunks *chunks, struct chunk *chunk) {
    if (chunks->next_new == chunk)
        chunks->next_new = chunk->next;
    *(chunk->previous != NULL ? &chunk->previous->next : &chunks->first) = chunk->next;
    *(chunk->next != NULL ? &chunk->next->previous : &chunks->last) = chunk->previous;
}

static void remove_chunk(struct chunks *chunks, struct chunk *chunk) {
    struct chunk *file = chunk->file;
    take_key(chunks, chunk, CHUNK_BY_NAME);
    if (chunk->path != NULL && file == chunk)
        take_key(chunks, chunk, CHUNK_BY_PATH);
    detach(chunks, chunk);
    chunk_free(chunk);
    if (file != chunk)
        chunks_release(chunks, file);
}

/* Recurses once at most: a file's file is itself. */
void chunks_release(struct chunks *chunks, struct chunk *chunk) {
    if (chunk == NULL || --chunk->uses > 0)
        return;
    if (is_kept(chunk))
        cut_name(chunk);
    else
        remove_chunk(chunks, chunk);
}

struct chunk *chunks_by_id(const struct chunks *chunks, int id) {
    struct chunk *chunk = chunks->first;
    while (chunk != NULL && chunk->id != id)
        chunk = chunk->next;
    return chunk;
}

void chunks_tell(struct chunks *chunks, struct chunk *chunk) {
    if (chunk->told || (chunk->path != NULL && chunks->told_files == CHUNKS_TOLD_FILES))
        return;
    chunk->told = true;
    chunks->told_files += chunk->path != NULL;
}

struct chunk *chunks_next_new(struct chunks *chunks) {
    struct chunk *chunk = chunks->next_new;
    if (chunk != NULL)
        chunks->next_new = chunk->next;
    return chunk;
}

/* ---- found by address ---- */

/* Lua's own name for a function without one is a constant of the library, not a string in the heap.
 */
static bool in_heap(const char *source, size_t bytes) {
    return !(bytes == 2 && source[0] == '=' && source[1] == '?');
}

/* While the name's block lives. */
static void trust(struct chunks *chunks, const char *source, struct chunk *chunk) {
    const char *block = source - chunks->text_offset;
    if (pointer_map_put(&chunks->by_pointer, block, chunk) != 0)
        return;
    chunks_use(chunk);
    remembered_add(chunks->remembered, block);
    chunks->last_source = source;
    chunks->last_chunk = chunk;
}

struct chunk *chunks_find(struct chunks *chunks, const char *source, size_t source_bytes) {
    if (source == chunks->last_source)
        return chunks->last_chunk;
    if (!in_heap(source, source_bytes))
        return find_named(chunks, source, source_bytes);
    struct chunk *chunk = pointer_map_get(&chunks->by_pointer, source - chunks->text_offset);
    if (chunk != NULL) {
        chunks->last_source = source;
        chunks->last_chunk = chunk;
        return chunk;
    }
    chunk = find_named(chunks, source, source_bytes);
    if (chunk != NULL)
        trust(chunks, source, chunk);
    return chunk;
}

void chunks_forget(struct chunks *chunks, const void *block) {
    struct chunk *chunk = pointer_map_take(&chunks->by_pointer, block);
    if (chunk == NULL)
        return;
    if (chunks->last_source == (const char *)block + chunks->text_offset)
        chunks->last_source = NULL;
    remembered_remove(chunks->remembered, block);
    chunks_release(chunks, chunk);
}
