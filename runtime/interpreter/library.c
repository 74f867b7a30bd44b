/* SPDX-License-Identifier: MIT */
#include "library.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What 5.4 has and neither those before it (the first) nor those after it do. */
static const char *const only_here[] = {"lua_setwarnf", "luaL_openlibs"};

static bool is_lua(void *library, char problem[LIBRARY_PROBLEM_BYTES]) {
    static const char lead[] = "$LuaVersion: ";
    const char *ident = dlsym(library, "lua_ident");
    const char *words = ident != NULL ? strstr(ident, lead) : NULL;
    if (words != NULL && strncmp(words + strlen(lead), "Lua 5.4.", 8) != 0) {
        words += strlen(lead);
        snprintf(problem, LIBRARY_PROBLEM_BYTES, "it is %.*s", (int)strcspn(words + 4, " ") + 4,
                 words);
        return false;
    }
    for (size_t i = 0; i < sizeof only_here / sizeof *only_here; i++)
        if (dlsym(library, only_here[i]) == NULL) {
            snprintf(problem, LIBRARY_PROBLEM_BYTES, "it has no %s", only_here[i]);
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

bool library_open(const char *path, char problem[LIBRARY_PROBLEM_BYTES]) {
    /* By its path: a bare name would be looked up among the system's libraries. */
    char *file = realpath(path, NULL);
    void *library = file != NULL ? dlopen(file, RTLD_NOW | RTLD_GLOBAL) : NULL;
    if (file == NULL)
        snprintf(problem, LIBRARY_PROBLEM_BYTES, "%s", strerror(errno));
    else if (library == NULL && is_archive(file))
        snprintf(problem, LIBRARY_PROBLEM_BYTES, "it is a static library, not a shared one");
    else if (library == NULL)
        snprintf(problem, LIBRARY_PROBLEM_BYTES, "%s", dlerror());
    free(file);
    return library != NULL && is_lua(library, problem);
}
