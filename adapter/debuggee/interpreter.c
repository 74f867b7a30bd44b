/* SPDX-License-Identifier: MIT */
#include "interpreter.h"

#include "link.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

static bool is_usable(const char *path, int mode) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, mode) == 0;
}

static char *beside(const char *program, const char *name, int mode) {
    const char *slash = strrchr(program, '/');
    char *path;
    if (slash == NULL || asprintf(&path, "%.*s%s", (int)(slash - program) + 1, program, name) < 0)
        return NULL;
    char *real = is_usable(path, mode) ? realpath(path, NULL) : NULL;
    free(path);
    return real;
}

char *interpreter_find(void) {
    const char *chosen = getenv("LUAHEAT_LUA");
    if (chosen != NULL)
        return is_usable(chosen, X_OK) ? realpath(chosen, NULL) : NULL;
    char program[4096];
    size_t size = sizeof program;
    if (uv_exepath(program, &size) != 0)
        return NULL;
    char *path = beside(program, "luaheat-lua", X_OK);
    return path != NULL ? path : beside(program, "../runtime/luaheat-lua", X_OK);
}

char *interpreter_find_module(void) {
    static const char *const places[] = {"../runtime/luaheat.so", "../lib/lua/5.4/luaheat.so"};
    char program[4096], *path = NULL;
    size_t size = sizeof program;
    if (uv_exepath(program, &size) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof places / sizeof *places && path == NULL; i++)
        path = beside(program, places[i], R_OK);
    return path;
}

/* In two pieces here, so that this program is not taken for it. */
static bool has_mark(const char *bytes, size_t count) {
    char mark[sizeof LINK_MARK + sizeof LINK_MARK_END];
    int length = snprintf(mark, sizeof mark, "%s%s", LINK_MARK, LINK_MARK_END);
    const char *end = bytes + count;
    while ((size_t)(end - bytes) >= (size_t)length) {
        bytes = memchr(bytes, mark[0], (size_t)(end - bytes) - (size_t)length + 1);
        if (bytes == NULL)
            return false;
        if (memcmp(bytes, mark, (size_t)length) == 0)
            return true;
        bytes++;
    }
    return false;
}

bool interpreter_is_ours(const char *path) {
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ours = false;
    if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 0) {
        size_t size = (size_t)status.st_size;
        char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            ours = has_mark(bytes, size);
            munmap(bytes, size);
        }
    }
    if (fd >= 0)
        close(fd);
    return ours;
}

size_t interpreter_words(const struct interpreter *interpreter,
                         const char *words[INTERPRETER_WORDS]) {
    size_t count = 0;
    words[count++] = interpreter->module != NULL ? interpreter->name : "lua5.4";
    if (interpreter->library != NULL) {
        words[count++] = LINK_LUA;
        words[count++] = interpreter->library;
    }
    return count;
}
