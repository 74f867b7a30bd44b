/* SPDX-License-Identifier: MIT */
/*
 * inspection: looking at a stopped program and changing its values. The runtime knows the answers;
 * the scope "Memory" alone is ours.
 */
#ifndef LUAHEAT_DAP_INSPECTION_H
#define LUAHEAT_DAP_INSPECTION_H

#include <cJSON.h>

/* Adds to the body of the initialize response what is no mere yes. */
void inspection_add_capabilities(cJSON *capabilities);

#endif
