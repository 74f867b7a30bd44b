/* SPDX-License-Identifier: MIT */
/*
 * ps: the command `luaheat ps`: which programs wait for a debugger.
 */
#ifndef LUAHEAT_DOORS_PS_H
#define LUAHEAT_DOORS_PS_H

/* argv[0] is "ps". The exit code. */
int ps_main(int argc, char **argv);

#endif
