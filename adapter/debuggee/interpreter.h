/* SPDX-License-Identifier: MIT */
/*
 * interpreter: luaheat-lua, and the liblua that it is to run on.
 */
#ifndef LUAHEAT_ADAPTER_INTERPRETER_H
#define LUAHEAT_ADAPTER_INTERPRETER_H

#include <stddef.h>

struct interpreter {
    const char *path;    /* absolute, of luaheat-lua */
    const char *library; /* of a shared liblua, seen from the script's folder; NULL: its own */
};

/* Finds luaheat-lua: $LUAHEAT_LUA if set, else beside this program, else where the build puts it
   (../runtime/). Absolute path, the caller's to free(); NULL if there is none that can be executed.
 */
char *interpreter_find(void);

enum { INTERPRETER_WORDS = 3 };

/* How its command line begins: the name "lua5.4" that it is given, so that `arg` and messages are
   those of lua5.4, and which liblua. Returns how many of words that takes; they are borrowed. */
size_t interpreter_words(const struct interpreter *interpreter,
                         const char *words[INTERPRETER_WORDS]);

#endif
