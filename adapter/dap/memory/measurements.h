/* SPDX-License-Identifier: MIT */
/*
 * measurements: windows between two moments of the program (docs/measure.md), as the client asks
 * for them: in `launch`, as the mode of a breakpoint, and by `luaheat/measure`.
 */
#ifndef LUAHEAT_DAP_MEASUREMENTS_H
#define LUAHEAT_DAP_MEASUREMENTS_H

#include <cJSON.h>

struct session;

/* The field breakpointModes of DAP's Capabilities. */
void measurements_add_modes(cJSON *capabilities);

/* Tells the runtime what `launch` wants measured; the client hears of places without code. */
void measurements_send(struct session *session);

#endif
