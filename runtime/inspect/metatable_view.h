/* SPDX-License-Identifier: MIT */
/*
 * metatable_view: the metatables that no variable leads to by itself: those of types made in C
 * (luaL_newmetatable keeps them in the registry) and those that all values of a basic type share.
 */
#ifndef LUAHEAT_INSPECT_METATABLE_VIEW_H
#define LUAHEAT_INSPECT_METATABLE_VIEW_H

#include "listing.h"

void metatable_view(struct listing *listing);

/* Adds the group of them. */
void metatable_view_add(struct listing *listing);

#endif
