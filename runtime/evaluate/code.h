/* SPDX-License-Identifier: MIT */
/*
 * code: text of the user's that is compiled to be run in a frame (environment.h), and the words of
 * what goes wrong with it.
 */
#ifndef LUAHEAT_EVALUATE_CODE_H
#define LUAHEAT_EVALUATE_CODE_H

#include <lua.h>
#include <stdbool.h>

struct coroutines;
struct frame;
struct string_builder;

/* Where the text is that of the user's, and what is put around it. */
struct code {
    const char *chunk;     /* how errors name it */
    const char *constants; /* constants.h: declares those that it may name; NULL: none */
    const char *beginning; /* not empty */
    const char *text;
    const char *end; /* not empty, as the text may end with a comment; NULL: nothing */
};

/* Pushes it, compiled, or the error's message: lua_load's status. */
int code_load(lua_State *L, const struct code *code);

/* What the text uses: varargs of the frame that it is to be run in, functions of its own. */
bool code_uses(const char *text, const char *word);

/* Appends the words of the error on top of L's stack: what it says of names is true for the frame
   (NULL: there is none), and that of an error object is how it reads. `placed`: a place in the code
   stays in front of it. Nothing of the program runs. */
void code_write_error(struct string_builder *builder, const struct code *code, bool placed,
                      struct frame *frame, const struct coroutines *coroutines, lua_State *L);

#endif
