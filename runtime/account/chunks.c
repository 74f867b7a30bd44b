/* SPDX-License-Identifier: MIT */
#include "chunks.h"

#include <assert.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void chunks_init(struct chunks *chunks, size_t text_offset) {
    *chunks = (struct chunks){.folder = getcwd(NULL, 0), .text_offset = text_offset};
    chunks->last = &chunks->first;
}

static void chunk_free(struct chunk *chunk) {
    free(chunk->name);
    free(chunk->path);
    free(chunk->site_of_line);
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
    pointer_map_finish(&chunks->by_hash);
}

static void *remember_string(void *ud, void *ptr, size_t osize, size_t nsize) {
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    void *block = realloc(ptr, nsize);
    if (ptr == NULL && osize == LUA_TSTRING)
        *(void **)ud = block;
    return block;
}

size_t chunks_text_offset(void) {
    void *block = NULL;
    lua_State *L = lua_newstate(remember_string, &block);
    if (L == NULL)
        return 0;
    const char *text = lua_pushliteral(L, "a string that nobody else has made");
    size_t offset = (size_t)(text - (const char *)block);
    lua_close(L);
    return offset;
}

/* FNV-1a, 32 bits (Fowler, Noll, Vo). */
static uint32_t hash_name(const char *name, size_t bytes) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < bytes; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    return hash;
}

/* A key for by_hash: never NULL, and spread over the bits that pointer_map looks at. */
static const void *hash_key(uint32_t hash) {
    return (const void *)(((uintptr_t)hash << 4) | 1u);
}

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

static struct chunk *chunk_new(const struct chunks *chunks, const char *name, size_t bytes,
                               uint32_t hash) {
    struct chunk *chunk = calloc(1, sizeof *chunk);
    if (chunk == NULL)
        return NULL;
    chunk->name = malloc(bytes + 1);
    if (chunk->name == NULL) {
        free(chunk);
        return NULL;
    }
    memcpy(chunk->name, name, bytes);
    chunk->name[bytes] = '\0';
    chunk->name_bytes = bytes;
    chunk->hash = hash;
    chunk->figures_source = UINT32_MAX;
    if (chunk->name[0] == '@')
        chunk->path = find_path(chunks, chunk->name + 1);
    return chunk;
}

static bool named(const struct chunk *chunk, const char *name, size_t bytes) {
    return chunk->name_bytes == bytes && memcmp(chunk->name, name, bytes) == 0;
}

static struct chunk *find_file(const struct chunks *chunks, const char *path) {
    struct chunk *chunk = chunks->first;
    while (chunk != NULL && (chunk->path == NULL || strcmp(chunk->path, path) != 0))
        chunk = chunk->next;
    return chunk;
}

/* A program has few files; but it may load many pieces of code, which are not asked here. */
static void join_file(const struct chunks *chunks, struct chunk *chunk) {
    struct chunk *first = chunk->path != NULL ? find_file(chunks, chunk->path) : NULL;
    chunk->file = first != NULL ? first : chunk;
}

/* By content. Two names of one hash go to neighbouring hashes. */
static struct chunk *find_named(struct chunks *chunks, const char *name, size_t bytes) {
    uint32_t hash = hash_name(name, bytes);
    struct chunk *chunk;
    while ((chunk = pointer_map_get(&chunks->by_hash, hash_key(hash))) != NULL) {
        if (named(chunk, name, bytes))
            return chunk;
        hash++;
    }
    chunk = chunk_new(chunks, name, bytes, hash);
    if (chunk == NULL)
        return NULL;
    if (pointer_map_put(&chunks->by_hash, hash_key(hash), chunk) != 0) {
        chunk_free(chunk);
        return NULL;
    }
    join_file(chunks, chunk);
    chunk->id = ++chunks->count;
    *chunks->last = chunk;
    chunks->last = &chunk->next;
    return chunk;
}

/* Lua's own name for a function without one is a constant of the library, not a string in the heap.
 */
static bool in_heap(const char *source, size_t bytes) {
    return !(bytes == 2 && source[0] == '=' && source[1] == '?');
}

static void trust(struct chunks *chunks, const char *source, struct chunk *chunk) {
    const char *block = source - chunks->text_offset;
    if (pointer_map_put(&chunks->by_pointer, block, chunk) != 0)
        return;
    uintptr_t bit = ((uintptr_t)block >> 4) % CHUNKS_FILTER_BITS;
    chunks->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    chunks->last_source = source;
    chunks->last_chunk = chunk;
    chunks->remembering = true;
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
    if (!chunks_may_hold(chunks, block))
        return;
    if (pointer_map_take(&chunks->by_pointer, block) == NULL)
        return;
    if (chunks->last_source == (const char *)block + chunks->text_offset)
        chunks->last_source = NULL;
}
