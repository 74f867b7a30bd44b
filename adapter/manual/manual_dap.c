/* SPDX-License-Identifier: MIT */
#include "entries.h"

static const char *const channels[] = {"dap", "link", NULL};

static const struct manual_option options[] = {
    {.key = 'l',
     .name = "log",
     .argument = "FILE",
     .value = {MANUAL_FILE},
     .text = "write what goes over the wires to FILE; - is standard error"},
    {.key = 'c',
     .name = "log-channels",
     .argument = "LIST",
     .value = {MANUAL_WORDS, .words = channels},
     .text = "only these wires: dap (the editor), link (the script) or both, with a comma between; "
             "to standard error without --log"},
    ENTRIES_HELP,
    ENTRIES_END,
    {0}};

static const struct manual_item exit_codes[] = {
    {"0", "after a session"}, {"1", "the server could not start"}, {"2", "wrong use"}, {0}};

static const struct manual_item examples[] = {{.term = "luaheat dap --log /tmp/luaheat.log"}, {0}};

const struct manual_command manual_dap = {
    .name = "dap",
    .summary = "serve an editor: the Debug Adapter Protocol",
    .description =
        "Serves one debug session, the Debug Adapter Protocol on standard input and output. The "
        "editor starts this, not you.",
    .options = options,
    .exit_codes = exit_codes,
    .examples = examples};
