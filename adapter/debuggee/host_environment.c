/* SPDX-License-Identifier: MIT */
#include "host_environment.h"

#include "link.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#define CPATH "LUA_CPATH_5_4"
#define CPATH_OF_ANY "LUA_CPATH"

/* The value of a variable; NULL: it is not set. */
static const char *value_of(char *const *variables, const char *name) {
    size_t length = strlen(name);
    for (; *variables != NULL; variables++)
        if (strncmp(*variables, name, length) == 0 && (*variables)[length] == '=')
            return *variables + length + 1;
    return NULL;
}

/* As Lua reads it between quotes. The caller's to free(). */
static char *quoted(const char *text) {
    char *quoted = malloc(4 * strlen(text) + 1), *at = quoted;
    for (; quoted != NULL && *text != '\0'; text++)
        if (*text == '"' || *text == '\\' || (unsigned char)*text < ' ')
            at += sprintf(at, "\\%03d", *text);
        else
            *at++ = *text;
    if (quoted != NULL)
        *at = '\0';
    return quoted;
}

/* The call is a tail call: once it has returned nothing of this line is left to run. */
static int add_init(char **added, const char *module) {
    char *path = quoted(module);
    int length = path == NULL ? -1
                              : asprintf(added,
                                         LINK_LUA_INIT "=return assert(package.loadlib(\"%s\", "
                                                       "\"" LINK_LUA_INIT_FUNCTION "\"))()",
                                         path);
    free(path);
    return length;
}

static int add_old_init(char **added, char *const *base) {
    const char *init = value_of(base, LINK_LUA_INIT);
    return asprintf(added, LINK_ENV_LUA_INIT "=%s%s", init != NULL ? "=" : "-",
                    init != NULL ? init : "");
}

/* Behind the user's own, or Lua's (";;"). Where LUA_CPATH_5_4 is set, LUA_CPATH does not count. */
static int add_cpath(char **added, char *const *base, const char *module) {
    const char *cpath = value_of(base, CPATH), *slash = strrchr(module, '/');
    if (cpath == NULL)
        cpath = value_of(base, CPATH_OF_ANY);
    return asprintf(added, CPATH "=%s;%.*s/?.so", cpath != NULL ? cpath : ";",
                    (int)(slash - module), module);
}

static int add_all(char **added, char *const *base, const char *module) {
    const int lengths[] = {add_init(&added[0], module), add_old_init(&added[1], base),
                           add_cpath(&added[2], base, module)};
    int status = 0;
    for (int i = 0; i < HOST_ENVIRONMENT_VARIABLES; i++) {
        if (lengths[i] >= 0)
            continue;
        added[i] = NULL;
        status = UV_ENOMEM;
    }
    return status;
}

static bool is_replaced(const struct host_environment *environment, const char *variable) {
    for (int i = 0; i < HOST_ENVIRONMENT_VARIABLES; i++) {
        const char *added = environment->added[i];
        if (strncmp(added, variable, strcspn(added, "=") + 1) == 0)
            return true;
    }
    return false;
}

int host_environment_init(struct host_environment *environment, char *const *base,
                          const char *module) {
    size_t count = 0;
    *environment = (struct host_environment){0};
    while (base[count] != NULL)
        count++;
    environment->list = calloc(count + HOST_ENVIRONMENT_VARIABLES + 1, sizeof *environment->list);
    if (environment->list == NULL || add_all(environment->added, base, module) != 0)
        return UV_ENOMEM;
    char **end = environment->list;
    for (char *const *at = base; *at != NULL; at++)
        if (!is_replaced(environment, *at))
            *end++ = *at;
    memcpy(end, environment->added, sizeof environment->added);
    return 0;
}

void host_environment_finish(struct host_environment *environment) {
    for (int i = 0; i < HOST_ENVIRONMENT_VARIABLES; i++)
        free(environment->added[i]);
    free(environment->list);
    *environment = (struct host_environment){0};
}
