/* SPDX-License-Identifier: MIT */
/*
 * frame_name: what a function call is named in a stack: by what called it, as Lua's own messages
 * have it, else by the module it is a function of.
 */
#ifndef LUAHEAT_DESCRIBE_FRAME_NAME_H
#define LUAHEAT_DESCRIBE_FRAME_NAME_H

#include "string_builder.h"

#include <lua.h>

/* A frame of L: `record` has lua_getinfo's "nSlt". On `running`, the thread that runs, there are 6
   free slots to look for the function of a module. */
void frame_name_write(struct string_builder *builder, lua_State *running, lua_State *L,
                      lua_Debug *record);

#endif
