/* SPDX-License-Identifier: MIT */
/* luaheat-lua-other: the interpreter on a liblua of the user's: --lua PATH, then lua5.4's words. */
#include "beside.h"
#include "entry.h"
#include "link.h"
#include "refusal.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RUNTIME "luaheat-runtime.so"

enum { PROBLEM_BYTES = 1024 };

/* What 5.4 has and neither those before it (the first) nor those after it do. */
static const char *const only_here[] = {"lua_setwarnf", "luaL_openlibs"};

static bool is_lua(void *library, char problem[PROBLEM_BYTES]) {
    static const char lead[] = "$LuaVersion: ";
    const char *ident = dlsym(library, "lua_ident");
    const char *words = ident != NULL ? strstr(ident, lead) : NULL;
    if (words != NULL && strncmp(words + strlen(lead), "Lua 5.4.", 8) != 0) {
        words += strlen(lead);
        snprintf(problem, PROBLEM_BYTES, "it is %.*s", (int)strcspn(words + 4, " ") + 4, words);
        return false;
    }
    for (size_t i = 0; i < sizeof only_here / sizeof *only_here; i++)
        if (dlsym(library, only_here[i]) == NULL) {
            snprintf(problem, PROBLEM_BYTES, "it has no %s", only_here[i]);
            return false;
        }
    return true;
}

/* What a stock Makefile makes; its loader's words would not help. */
static bool is_archive(const char *file) {
    char start[8] = "";
    FILE *stream = fopen(file, "rb");
    size_t read = stream != NULL ? fread(start, 1, sizeof start, stream) : 0;
    if (stream != NULL)
        fclose(stream);
    return read == sizeof start && memcmp(start, "!<arch>\n", sizeof start) == 0;
}

/* A liblua of the user's, opened so that whatever is loaded later finds Lua in it: the file of that
   path, seen from the current folder. False: it is no Lua 5.4, and problem says why. It stays
   open. */
static bool open_liblua(const char *path, char problem[PROBLEM_BYTES]) {
    /* By its path: a bare name would be looked up among the system's libraries. */
    char *file = realpath(path, NULL);
    void *library = file != NULL ? dlopen(file, RTLD_NOW | RTLD_GLOBAL) : NULL;
    if (file == NULL)
        snprintf(problem, PROBLEM_BYTES, "%s", strerror(errno));
    else if (library == NULL && is_archive(file))
        snprintf(problem, PROBLEM_BYTES, "it is a static library, not a shared one");
    else if (library == NULL)
        snprintf(problem, PROBLEM_BYTES, "%s", dlerror());
    free(file);
    return library != NULL && is_lua(library, problem);
}

/* Where it is built, where it is installed, or else among the system's libraries. NULL: dlerror()
   says why not. */
static void *load_runtime(void) {
    static const char *const places[] = {RUNTIME, "../lib/luaheat/" RUNTIME};
    char path[4096];
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (beside(path, sizeof path, places[i]) && access(path, F_OK) == 0)
            return dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    return dlopen(RUNTIME, RTLD_NOW | RTLD_GLOBAL);
}

/* NULL: as there. */
static const struct entry *open_runtime(void) {
    void *runtime = load_runtime();
    return runtime != NULL ? dlsym(runtime, ENTRY_NAME) : NULL;
}

int main(int argc, char **argv) {
    if (argc < 3 || strcmp(argv[1], LINK_LUA) != 0)
        return refuse("it is " LINK_LUA " PATH, where PATH is that of a shared liblua of Lua 5.4");
    const char *path = argv[2];
    char problem[PROBLEM_BYTES];
    if (!open_liblua(path, problem))
        return refuse("%s is no Lua 5.4 that can be loaded: %s", path, problem);
    const struct entry *runtime = open_runtime();
    if (runtime == NULL)
        return refuse("cannot run on %s: %s", path, dlerror());
    const char *unusable = runtime->problem();
    if (unusable != NULL)
        return refuse("cannot run on %s: %s", path, unusable);
    argv[2] = argv[0];
    return runtime->main(argc - 2, argv + 2);
}
