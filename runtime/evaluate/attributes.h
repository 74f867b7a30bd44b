/* SPDX-License-Identifier: MIT */
/*
 * attributes: which locals and upvalues are <const> or <close>, so that nobody writes to them. It
 * is read from the source text (declarations.h): without that all count as plain.
 */
#ifndef LUAHEAT_EVALUATE_ATTRIBUTES_H
#define LUAHEAT_EVALUATE_ATTRIBUTES_H

#include "chunk_text.h"
#include "declarations.h"
#include "frame.h"
#include "lookup.h"

/* of[n - 1] is that of local n, which lookup_local_name numbers, or of lua_getupvalue's n. */
struct attributes {
    enum declaration_attribute of[DECLARATIONS_MOST];
};

void attributes_of_locals(struct chunk_text *text, struct frame *frame,
                          struct attributes *attributes);

/* The constants in scope at the frame. False: nothing is known. */
bool attributes_constants(struct chunk_text *text, struct frame *frame,
                          struct declarations_constants *constants);

/* Of the function on top of L's stack, which stays there. */
void attributes_of_upvalues(struct chunk_text *text, lua_State *L, struct attributes *attributes);

/* Of one that lookup_name has found. */
enum declaration_attribute attributes_of(struct chunk_text *text, struct frame *frame,
                                         struct lookup found);

/* "<const>", "<close>"; "" if it is plain. */
const char *attributes_word(enum declaration_attribute attribute);

#endif
