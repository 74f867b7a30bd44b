/* SPDX-License-Identifier: MIT */
/* luaheat-lua-other: the interpreter on a liblua of the user's: --lua PATH, then lua5.4's words. */
#include "entry.h"
#include "library.h"
#include "link.h"
#include "refusal.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* Found by this program's own search path. NULL: dlerror() says why not. */
static const struct entry *open_runtime(void) {
    void *runtime = dlopen("luaheat-runtime.so", RTLD_NOW | RTLD_GLOBAL);
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
    if (runtime->problem() != NULL)
        return refuse("cannot run on %s: %s", path, runtime->problem());
    argv[2] = argv[0];
    return runtime->main(argc - 2, argv + 2);
}
