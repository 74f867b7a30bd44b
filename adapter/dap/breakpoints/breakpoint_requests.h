/* SPDX-License-Identifier: MIT */
/*
 * breakpoint_requests: the breakpoints of lines, functions and data.
 */
#ifndef LUAHEAT_DAP_BREAKPOINT_REQUESTS_H
#define LUAHEAT_DAP_BREAKPOINT_REQUESTS_H

#include <cJSON.h>

/* Adds the field breakpointModes to the capabilities. */
void breakpoint_requests_add_modes(cJSON *capabilities);

#endif
