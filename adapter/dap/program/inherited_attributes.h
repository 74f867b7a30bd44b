/* SPDX-License-Identifier: MIT */
/*
 * inherited_attributes: what of a configuration holds for the sessions of children, too. Editors
 * start those by what we tell them and nothing else, so that it has to be said again how an adapter
 * is reached, what lets them in there, and where the files are.
 */
#ifndef LUAHEAT_DAP_INHERITED_ATTRIBUTES_H
#define LUAHEAT_DAP_INHERITED_ATTRIBUTES_H

#include <cJSON.h>

/* The beginning of a child's configuration, the caller's; NULL has nothing to pass on. */
cJSON *inherited_attributes_of(const cJSON *configuration);

#endif
