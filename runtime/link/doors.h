/* SPDX-License-Identifier: MIT */
/*
 * doors: where the doors of programs are, which wait for a debugger: Unix sockets, NAME.sock, in a
 * folder of the user's own. Beside each lies NAME.json, which says whose it is:
 *
 *   {"pid":123, "name":"worker", "program":"/usr/bin/prosody", "cwd":"/", "lua":"Lua 5.4.4",
 *    "socket":"/run/user/1000/luaheat/123.sock"}
 *
 * and DOORS_SUSPENDED, true, as long as the program does nothing but wait for a debugger.
 */
#ifndef LUAHEAT_LINK_DOORS_H
#define LUAHEAT_LINK_DOORS_H

#include <stddef.h>

/* Names the folder; the environment may choose it. */
#define DOORS_ENV "LUAHEAT_DOORS"

#define DOORS_SUSPENDED "suspended"

enum { DOORS_PATH_BYTES = 1024 };

/* Its path, which ends with no slash: $LUAHEAT_DOORS, else $XDG_RUNTIME_DIR/luaheat, else
   /tmp/luaheat-UID. Whether it is there is another matter. 0 or -ENAMETOOLONG. */
int doors_folder(char path[DOORS_PATH_BYTES]);

/* May it be trusted? 0: it is a folder, ours alone, and no link leads to it. -ENOENT: it is not
   there. -EPERM: somebody else could have put doors there. Or another negative errno. */
int doors_check(const char *folder);

#endif
