/* SPDX-License-Identifier: MIT */
/*
 * own_init: the user's own LUA_INIT, in whose place the adapter has put ours (link/link.h).
 */
#ifndef LUAHEAT_DOOR_OWN_INIT_H
#define LUAHEAT_DOOR_OWN_INIT_H

/* Puts it back into the environment, so that nobody sees ours and what this process starts is left
   alone. Does nothing where ours is not there. */
void own_init_restore(void);

#endif
