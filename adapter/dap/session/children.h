/* SPDX-License-Identifier: MIT */
/*
 * children: programs that a program of the session has started, or one of those. A luaheat-lua
 * among them tells us of itself (link/link.h, LINK_ENV_PARENT); the client is asked to start a
 * session of its own for it (startDebugging), which attaches to it by another adapter.
 */
#ifndef LUAHEAT_DAP_CHILDREN_H
#define LUAHEAT_DAP_CHILDREN_H

struct children;
struct launch_settings;
struct program_owner;

/* A program of the owner's is to be launched with these settings: it is told where its children
   find us, if they are wanted and the client can start sessions. *children is made when it is
   needed first; before, it is NULL. */
void children_expect(struct children **children, const struct program_owner *owner,
                     struct launch_settings *settings);

/* Those that still wait run by themselves. The loop frees what is left. NULL is fine. */
void children_destroy(struct children *children);

#endif
