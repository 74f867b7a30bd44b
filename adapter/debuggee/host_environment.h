/* SPDX-License-Identifier: MIT */
/*
 * host_environment: what a program that is not luaheat-lua finds in its environment, so that our
 * module comes into the Lua in it:
 *
 *   - `require "luaheat"` finds it, behind whatever else is looked through (LUA_CPATH_5_4);
 *   - a stock lua5.4, and one that the program starts, loads it before anything else, and then does
 *     what the user's own LUA_INIT says (LINK_LUA_INIT). Of other versions of Lua nobody reads
 * that.
 */
#ifndef LUAHEAT_ADAPTER_HOST_ENVIRONMENT_H
#define LUAHEAT_ADAPTER_HOST_ENVIRONMENT_H

enum { HOST_ENVIRONMENT_VARIABLES = 3 };

struct host_environment {
    char *added[HOST_ENVIRONMENT_VARIABLES];
    char **list; /* the whole environment, NULL-terminated: the base's, which are borrowed, and what
                    is added, in place of any of that name */
};

/* base: NULL-terminated; module: the absolute path of luaheat.so. 0 or UV_ENOMEM; finish it either
   way. */
int host_environment_init(struct host_environment *environment, char *const *base,
                          const char *module);
void host_environment_finish(struct host_environment *environment);

#endif
