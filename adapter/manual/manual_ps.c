/* SPDX-License-Identifier: MIT */
#include "entries.h"

static const struct manual_option options[] = {
    {.key = 'j',
     .name = "json",
     .text =
         "as JSON, for programs: an array of objects with pid, name, program, cwd, lua, socket, "
         "does (runs, waits or suspended) and attached, the last two where the system tells"},
    ENTRIES_HELP,
    ENTRIES_END,
    {0}};

static const struct manual_item what_is_shown[] = {
    {.text = "DOES is runs or waits, suspended if the program goes on only once a debugger has "
             "come, or attached if somebody debugs it already. One program can have several doors, "
             "one for each of its Lua states. What is left of programs that have ended is "
             "removed."},
    {0}};

static const struct manual_section sections[] = {{.items = what_is_shown}, {0}};

static const struct manual_item exit_codes[] = {{"0", "listed, even if there is none"},
                                                {"1", "the folder cannot be read"},
                                                {"2", "wrong use"},
                                                {0}};

static const struct manual_item examples[] = {
    {.term = "luaheat ps"}, {.term = "luaheat ps --json"}, {0}};

const struct manual_command manual_ps = {
    .name = "ps",
    .summary = "list the programs that a debugger can attach to",
    .description = "Lists the programs of this user that have opened a door for a debugger, with "
                   "require(\"luaheat\").listen(): the request attach of an editor's configuration "
                   "names one by "
                   "its process (processId) or its door (socket).",
    .options = options,
    .sections = sections,
    .exit_codes = exit_codes,
    .examples = examples};
