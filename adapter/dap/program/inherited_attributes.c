/* SPDX-License-Identifier: MIT */
#include "inherited_attributes.h"

#include "alloc.h"

/* The first are read by editors alone: which adapter, and where it listens. */
static const char *const inherited[] = {
    "type",      "debugServer", "host",         "port",   "token",
    "localRoot", "remoteRoot",  "pathMappings", "stacks",
};

cJSON *inherited_attributes_of(const cJSON *configuration) {
    cJSON *copy = alloc_checked(cJSON_CreateObject());
    for (size_t i = 0; i < sizeof inherited / sizeof *inherited; i++) {
        const cJSON *one = cJSON_GetObjectItemCaseSensitive(configuration, inherited[i]);
        if (one != NULL)
            cJSON_AddItemToObject(copy, inherited[i], alloc_checked(cJSON_Duplicate(one, true)));
    }
    return copy;
}
