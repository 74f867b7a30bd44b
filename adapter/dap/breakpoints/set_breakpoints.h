/* SPDX-License-Identifier: MIT */
/*
 * set_breakpoints: the breakpoints of lines, functions and data.
 */
#ifndef LUAHEAT_DAP_SET_BREAKPOINTS_H
#define LUAHEAT_DAP_SET_BREAKPOINTS_H

#include <cJSON.h>

/* Adds the field breakpointModes to the capabilities. */
void set_breakpoints_add_modes(cJSON *capabilities);

#endif
