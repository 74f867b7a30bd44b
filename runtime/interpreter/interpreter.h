/* SPDX-License-Identifier: MIT */
/*
 * interpreter: runs a script as lua5.4 does, on the liblua that the process has.
 */
#ifndef LUAHEAT_INTERPRETER_INTERPRETER_H
#define LUAHEAT_INTERPRETER_INTERPRETER_H

/* A main: its arguments are lua5.4's, or LINK_CODE_LINES. The exit code. */
int interpreter_main(int argc, char **argv);

#endif
