/* SPDX-License-Identifier: MIT */
/*
 * interpreter: luaheat-lua, and the liblua that it is to run on; or a host: another program that
 * has Lua in it, and loads our module.
 */
#ifndef LUAHEAT_ADAPTER_INTERPRETER_H
#define LUAHEAT_ADAPTER_INTERPRETER_H

#include <stdbool.h>
#include <stddef.h>

struct interpreter {
    const char *path;    /* absolute, of luaheat-lua or a host */
    const char *library; /* of a shared liblua, seen from the script's folder; NULL: its own */
    const char *module;  /* of luaheat.so, for a host to find; NULL: it is luaheat-lua */
    const char *name;    /* what the host is to be called: its argv[0] */
};

/* Finds luaheat-lua: $LUAHEAT_LUA if set, else beside this program, else where the build puts it
   (../runtime/). Absolute path, the caller's to free(); NULL if there is none that can be executed.
 */
char *interpreter_find(void);

/* The path of luaheat.so, which belongs to this program. The caller's to free(); NULL if it is not
   there. */
char *interpreter_find_module(void);

/* Is the file luaheat-lua, of whatever version and name? Without running it: any other program may
   do anything with words that it does not know. */
bool interpreter_is_ours(const char *path);

enum { INTERPRETER_WORDS = 3 };

/* How its command line begins: the name "lua5.4" that luaheat-lua is given, so that `arg` and
   messages are those of lua5.4, and which liblua; or a host's name. Returns how many of words that
   takes; they are borrowed. */
size_t interpreter_words(const struct interpreter *interpreter,
                         const char *words[INTERPRETER_WORDS]);

#endif
