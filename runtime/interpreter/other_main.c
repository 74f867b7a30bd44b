/* SPDX-License-Identifier: MIT */
/* luaheat-lua-other: the interpreter on a liblua of the user's: --lua PATH, then lua5.4's words. */
#include "beside.h"
#include "entry.h"
#include "library.h"
#include "link.h"
#include "refusal.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#define RUNTIME "luaheat-runtime.so"

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
    char problem[LIBRARY_PROBLEM_BYTES];
    if (!library_open(path, problem))
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
