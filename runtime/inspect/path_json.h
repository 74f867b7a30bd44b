/* SPDX-License-Identifier: MIT */
/*
 * path_json: how something is reached, for clients: the members `text` and `path` of an answer.
 */
#ifndef LUAHEAT_INSPECT_PATH_JSON_H
#define LUAHEAT_INSPECT_PATH_JSON_H

#include "heap_path.h"

#include <cjson/cJSON.h>

struct chunks;

void path_json_add(cJSON *json, struct chunks *chunks, const struct heap_path *path);

#endif
