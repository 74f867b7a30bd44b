/* SPDX-License-Identifier: MIT */
/* A library that says it is Lua, but one that we do not run on. */
extern const char lua_ident[];
const char lua_ident[] = "$LuaVersion: Lua 5.5.0  Copyright (C) 1994-2025 Lua.org, PUC-Rio $";
