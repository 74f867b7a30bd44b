/* SPDX-License-Identifier: MIT */
/*
 * other: luaheat-lua-other, the program beside luaheat-lua that runs a script on the liblua that it
 * is told (LINK_LUA).
 */
#ifndef LUAHEAT_INTERPRETER_OTHER_H
#define LUAHEAT_INTERPRETER_OTHER_H

/* Goes on as that program, with these arguments. Returns only if it cannot, having said so: an exit
   code. */
int other_start(char **argv);

#endif
