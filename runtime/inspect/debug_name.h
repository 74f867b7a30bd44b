/* SPDX-License-Identifier: MIT */
/*
 * debug_name: how Lua code, evaluated in a frame, reaches the debug library, whose functions name
 * what syntax cannot: as `debug`, unless the program hides or has replaced that.
 */
#ifndef LUAHEAT_INSPECT_DEBUG_NAME_H
#define LUAHEAT_INSPECT_DEBUG_NAME_H

struct stop;

/* The library's name, to be followed by a dot and the function. */
const char *debug_name(struct stop *stop, int frame, const char *function);

#endif
