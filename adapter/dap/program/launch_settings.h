/* SPDX-License-Identifier: MIT */
/*
 * launch_settings: what the arguments of `launch` ask for, checked against the file system as far
 * as a mistake in them can be told before the program starts; or those of `attach`, which ask for
 * less.
 */
#ifndef LUAHEAT_DAP_LAUNCH_SETTINGS_H
#define LUAHEAT_DAP_LAUNCH_SETTINGS_H

#include "arguments.h"
#include "standard_input.h"

#include <stdbool.h>

struct attach_settings;
/* Where its standard streams are. */
enum launch_console { CONSOLE_INTERNAL, CONSOLE_INTEGRATED, CONSOLE_EXTERNAL };

/* Whether what it starts is debugged, too. */
enum launch_sub_process { SUB_PROCESS_IF_POSSIBLE, SUB_PROCESS_NO, SUB_PROCESS_YES };

/* May be shared: by a program and the one that takes its place. */
struct launch_settings {
    unsigned owners;
    struct attach_settings *attach; /* attach_settings.h; NULL: it is launched. Else most of the
                                       rest is empty */
    char *program;      /* its file, to be found from our own folder; NULL: what is run is a host */
    char **args;        /* what the interpreter is told: options, the script, its arguments;
                           NULL-terminated */
    char *cwd;          /* NULL: ours */
    char **env;         /* the whole environment, NULL-terminated */
    cJSON *variables;   /* what of it is not ours but the configuration's; null: to be taken away */
    char *interpreter;  /* absolute; NULL: luaheat-lua, to be found */
    char *host;         /* what the interpreter is called, which is no luaheat-lua; NULL: it is */
    const char *stacks; /* which of them are looked at: LINK_ENV_SAMPLING's word; NULL: as it is */
    char *library;      /* of Lua, as cwd sees it; NULL: the interpreter's own */
    struct standard_input input;
    bool stop_on_entry, no_debug, memory;
    enum launch_console console;
    enum launch_sub_process sub_process;
    cJSON *inherited; /* by sessions of what it starts: inherited_attributes.h; NULL: attached */
    uint64_t start_timeout; /* ms that the runtime gets to say that it is there */
    cJSON *measuring; /* what the runtime is told of it: link.h's setMeasuring; NULL: nothing */
    bool collect;
    uint64_t warmup;
};

/* NULL: there is a problem (in arguments). */
struct launch_settings *launch_settings_read(struct arguments *arguments);
struct launch_settings *launch_settings_read_attach(struct arguments *arguments);

/* Returns them, for one more owner. */
struct launch_settings *launch_settings_share(struct launch_settings *settings);

/* Sets a variable of the program's, or takes it away (value NULL). */
void launch_settings_set_variable(struct launch_settings *settings, const char *name,
                                  const char *value);

/* By each owner. NULL is fine. */
void launch_settings_release(struct launch_settings *settings);

#endif
