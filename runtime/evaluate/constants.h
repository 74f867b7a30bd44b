/* SPDX-License-Identifier: MIT */
/*
 * constants: variables like `local size <const> = 4 * 1024`, of which nothing is left when the
 * program runs. They are known from the source text (declarations.h), if it is the program's.
 */
#ifndef LUAHEAT_EVALUATE_CONSTANTS_H
#define LUAHEAT_EVALUATE_CONSTANTS_H

#include "declarations.h"
#include "frames.h"
#include "words.h"

struct stop;

/* Those in scope at the frame, but for those that Lua's compiler keeps as variables. */
void constants_find(struct stop *stop, struct frame *frame,
                    struct declarations_constants *constants);

/* The one of that name, NULL if there is none. */
const struct declarations_constant *constants_named(const struct declarations_constants *constants,
                                                    const char *name, size_t size);

/* Appends statements, on one line, that declare them: for the beginning of code that may name them.
 */
void constants_declare(const struct declarations_constants *constants, struct words *words);

/* The two in one, for the frame with this id; nothing if there is none. */
void constants_declare_at(struct stop *stop, int frame, struct words *words);

/* Pushes the value of one of them on the stopped thread's stack; nil if memory is out. Not while
   something is evaluated. */
void constants_push(struct stop *stop, const struct declarations_constants *constants,
                    const struct declarations_constant *constant);

#endif
