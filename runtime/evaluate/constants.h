/* SPDX-License-Identifier: MIT */
/*
 * constants: variables like `local size <const> = 4 * 1024`, of which nothing is left when the
 * program runs. They are known from the source text (declarations.h), if it is the program's.
 */
#ifndef LUAHEAT_EVALUATE_CONSTANTS_H
#define LUAHEAT_EVALUATE_CONSTANTS_H

#include "chunk_text.h"
#include "declarations.h"
#include "frame.h"
#include "string_builder.h"

/* Those in scope at the frame, but for those that Lua's compiler keeps as variables. */
void constants_find(struct chunk_text *text, struct frame *frame,
                    struct declarations_constants *constants);

/* The one of that name, NULL if there is none. */
const struct declarations_constant *constants_named(const struct declarations_constants *constants,
                                                    const char *name, size_t size);

/* Appends statements, on one line, that declare them: for the beginning of code that may name them.
 */
void constants_declare(const struct declarations_constants *constants,
                       struct string_builder *builder);

/* The two in one. */
void constants_declare_at(struct chunk_text *text, struct frame *frame,
                          struct string_builder *builder);

/* Pushes the value of one of them, which is to be done as work of the debugger's (running.h): a
   string takes memory of the program's heap. nil if memory is out. Not while something is
   evaluated. */
void constants_push(lua_State *L, const struct declarations_constants *constants,
                    const struct declarations_constant *constant);

#endif
