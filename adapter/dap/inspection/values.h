/* SPDX-License-Identifier: MIT */
/*
 * values: what a client does with values beyond looking at them: sets them, completes their names,
 * reads their bytes, asks where a function is. The runtime knows the answers.
 */
#ifndef LUAHEAT_DAP_VALUES_H
#define LUAHEAT_DAP_VALUES_H

#include <cJSON.h>

/* Adds to the body of the initialize response what is no mere yes. */
void values_add_capabilities(cJSON *capabilities);

#endif
