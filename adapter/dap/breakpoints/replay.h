/* SPDX-License-Identifier: MIT */
/*
 * replay: all that is wanted of a program is told to its runtime, once there is one.
 */
#ifndef LUAHEAT_DAP_REPLAY_H
#define LUAHEAT_DAP_REPLAY_H

#include "configuration.h"

struct client;
struct program;

/* The program has been started. What its runtime makes of it the client hears as events. The
   configuration must outlive the program. */
void replay_to(const struct configuration *configuration, struct program *program);

/* Of that what is to be measured, once more: the client has changed it. */
void replay_measurements(const struct configuration *configuration, struct program *program);

/* The runtime of one that is attached to is not there for a while: tells the client what can be
   known without it. */
void replay_foretell(const struct configuration *configuration, struct client *client);

#endif
