/* SPDX-License-Identifier: MIT */
#include "interpreter.h"

#include "link.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

static bool is_executable(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

static char *beside(const char *program, const char *name) {
    const char *slash = strrchr(program, '/');
    char *path;
    if (slash == NULL || asprintf(&path, "%.*s%s", (int)(slash - program) + 1, program, name) < 0)
        return NULL;
    char *real = is_executable(path) ? realpath(path, NULL) : NULL;
    free(path);
    return real;
}

char *interpreter_find(void) {
    const char *chosen = getenv("LUAHEAT_LUA");
    if (chosen != NULL)
        return is_executable(chosen) ? realpath(chosen, NULL) : NULL;
    char program[4096];
    size_t size = sizeof program;
    if (uv_exepath(program, &size) != 0)
        return NULL;
    char *path = beside(program, "luaheat-lua");
    return path != NULL ? path : beside(program, "../runtime/luaheat-lua");
}

size_t interpreter_words(const struct interpreter *interpreter,
                         const char *words[INTERPRETER_WORDS]) {
    size_t count = 0;
    words[count++] = "lua5.4";
    if (interpreter->library != NULL) {
        words[count++] = LINK_LUA;
        words[count++] = interpreter->library;
    }
    return count;
}
