/* SPDX-License-Identifier: MIT */
/*
 * capabilities: what we tell a client that it may ask for.
 */
#ifndef LUAHEAT_DAP_CAPABILITIES_H
#define LUAHEAT_DAP_CAPABILITIES_H

#include <cJSON.h>

struct request_entry;

/* DAP's Capabilities: what the requests of these tables light up, and what is more than a yes. */
cJSON *capabilities_json(const struct request_entry *const *tables);

#endif
