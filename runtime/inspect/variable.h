/* SPDX-License-Identifier: MIT */
/*
 * variable: a value as DAP's Variable, or as the result of evaluate, which has the same members.
 */
#ifndef LUAHEAT_INSPECT_VARIABLE_H
#define LUAHEAT_INSPECT_VARIABLE_H

#include "declarations.h"
#include "reference.h"
#include "value.h"
#include "value_path.h"

#include <cjson/cJSON.h>

struct stop;

/* A sequence longer than this is asked for in parts; so are groups of other entries. */
enum { VARIABLE_PAGE = 100 };

struct variable {
    const char *name;
    const char *expression;        /* Lua code for it, in its frame; NULL: there is none */
    const struct value_path *path; /* where it can be found again; NULL: nowhere */
    int frame;                     /* whose names the expression means; 0: none */
    const char *hint;              /* DAP's presentationHint.kind; NULL: none */
    enum declaration_attribute attribute;
};

/* The value on top of the stopped thread's stack as a new Variable; pops the value. */
cJSON *variable_take(struct stop *stop, const struct variable *variable,
                     const struct value_style *style);

/* The text of the value on top of the stopped thread's stack: in colour where the client shows it.
 */
void variable_write_value(struct string_builder *builder, const struct stop *stop,
                          const struct value_style *style);

/* Adds to `object` what all answers with a value have in common: its text as `member`, type,
   variablesReference, the number of its children if it is long, and what its bytes and the code of
   a function can be asked for by. The value stays on the stack. */
void variable_describe(struct stop *stop, cJSON *object, const char *member,
                       const struct variable *variable, const struct value_style *style);

/* Is there anything that a client can ask of the value on top of the stack by its path? */
bool variable_is_referred_to(lua_State *L);

/* A Variable that is no value of the program's but a way to look at some. */
cJSON *variable_group(struct stop *stop, const char *name, const char *text,
                      const struct reference *reference);

#endif
