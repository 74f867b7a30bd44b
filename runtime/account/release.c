/* SPDX-License-Identifier: MIT */
#include "release.h"

#include <dlfcn.h>
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

/* The program's, or of a library that it has opened for all. NULL: it has none. */
static const char *loaded_ident(void) {
    void *all = dlopen(NULL, RTLD_LAZY);
    const char *ident = all != NULL ? dlsym(all, "lua_ident") : NULL;
    if (all != NULL)
        dlclose(all);
    return ident;
}

const struct release *release_loaded(void) {
    static struct release loaded;
    const char *ident = loaded.name[0] == '\0' ? loaded_ident() : NULL;
    if (loaded.name[0] == '\0' && (ident == NULL || !release_read(&loaded, ident)))
        release_read(&loaded, HEADERS);
    return &loaded;
}
