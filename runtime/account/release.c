/* SPDX-License-Identifier: MIT */
#include "release.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As liblua has it, between other words. */
#define LEAD "$LuaVersion: "
#define TAIL " $"
#define HEADERS LEAD LUA_COPYRIGHT TAIL

bool release_read(struct release *release, const char *ident) {
    static const char family[] = LUA_VERSION ".";
    const char *words = strstr(ident, LEAD);
    if (words == NULL || strncmp(words + strlen(LEAD), family, strlen(family)) != 0)
        return false;
    words += strlen(LEAD);
    const char *end = strstr(words, TAIL);
    char *behind;
    release->number = (int)strtol(words + strlen(family), &behind, 10);
    snprintf(release->name, sizeof release->name, "%.*s", (int)(behind - words), words);
    snprintf(release->copyright, sizeof release->copyright, "%.*s",
             (int)(end != NULL ? (size_t)(end - words) : strlen(words)), words);
    return true;
}

/* Of the program, or of a library that it has opened for all. NULL: there is none. */
static void *find_symbol(const char *name) {
    void *all = dlopen(NULL, RTLD_LAZY);
    void *found = all != NULL ? dlsym(all, name) : NULL;
    if (all != NULL)
        dlclose(all);
    return found;
}

const struct release *release_loaded(void) {
    static struct release loaded;
    const char *ident = loaded.name[0] == '\0' ? find_symbol("lua_ident") : NULL;
    if (loaded.name[0] == '\0' && (ident == NULL || !release_read(&loaded, ident)))
        release_read(&loaded, HEADERS);
    return &loaded;
}

/* What is loaded need not be what the headers declare. */
int release_close_thread(lua_State *co, lua_State *from) {
    int (*close)(lua_State *, lua_State *) = NULL;
    void (*reset)(void) = (void (*)(void))lua_resetthread;
    if (release_number() == 5)
        close = (int (*)(lua_State *, lua_State *))reset;
    else if (release_number() >= 6)
        *(void **)&close = find_symbol("lua_closethread"); /* as POSIX has it (dlsym) */
    return close != NULL ? close(co, from) : ((int (*)(lua_State *))reset)(co);
}

uint64_t release_collector_bytes(lua_State *L) {
    int kib = lua_gc(L, LUA_GCCOUNT);
    return kib < 0 ? 0 : (uint64_t)kib * 1024 + (uint64_t)lua_gc(L, LUA_GCCOUNTB);
}

/* ---- tried out ---- */

static void *allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    (void)ud;
    (void)osize;
    if (nsize > 0)
        return realloc(ptr, nsize);
    free(ptr);
    return NULL;
}

int release_try(lua_Alloc allocator, void *ud, lua_CFunction function, void *data) {
    lua_State *L = lua_newstate(allocator != NULL ? allocator : allocate, ud);
    if (L == NULL)
        return -ENOMEM;
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, data);
    int status = lua_pcall(L, 1, 0, 0);
    lua_close(L);
    return status == LUA_OK ? 0 : -ENOMEM;
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

static int make_string(lua_State *L) {
    *(const char **)lua_touserdata(L, 1) = lua_pushliteral(L, "a string that nobody else has made");
    return 0;
}

size_t release_text_offset(void) {
    void *block = NULL;
    const char *text;
    int error = release_try(remember_string, &block, make_string, &text);
    return error == 0 ? (size_t)(text - (const char *)block) : 0;
}

static void *note_thread(void *ud, void *ptr, size_t osize, size_t nsize) {
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    if (ptr == NULL && osize == LUA_TTHREAD)
        *(size_t *)ud = nsize;
    return realloc(ptr, nsize);
}

static int make_thread(lua_State *L) {
    lua_newthread(L);
    return 0;
}

size_t release_thread_bytes(void) {
    size_t size = 0;
    return release_try(note_thread, &size, make_thread, NULL) == 0 ? size : 0;
}
