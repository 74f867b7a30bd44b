/* SPDX-License-Identifier: MIT */
/*
 * path_settings: where the client has the files of a program, as a configuration to launch or
 * attach says it.
 */
#ifndef LUAHEAT_DAP_PATH_SETTINGS_H
#define LUAHEAT_DAP_PATH_SETTINGS_H

#include "source_paths.h"

struct arguments;
struct configuration;

/* Reads the maps, and converts what the configuration itself names: program, cwd, the places of
   measurements. To be finished whatever the problem. */
void path_settings_read(struct source_paths *paths, struct arguments *arguments);

/* Makes them the client's own (taken), and those of the breakpoints that it has set already. */
void path_settings_apply(struct source_paths *paths, struct source_paths *of_client,
                         struct configuration *configuration);

#endif
