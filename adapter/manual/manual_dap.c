/* SPDX-License-Identifier: MIT */
#include "entries.h"

static const char *const channels[] = {"dap", "link", NULL};

static const struct manual_option options[] = {
    {.key = 'L',
     .name = "listen",
     .argument = "ADDRESS",
     .value = {MANUAL_FILE},
     .text = "serve clients that connect to ADDRESS, several at once, until a signal ends it: PORT "
             "(of this machine; 0 is any), HOST:PORT, [v6]:PORT, or a path with a slash in it (a "
             "Unix socket). One line on standard output says where"},
    {.key = 'T',
     .name = "token-file",
     .argument = "FILE",
     .value = {MANUAL_FILE},
     .text = "let in only who gives the token in FILE, which no one else may read (mode 0600); "
             "always needed beyond this machine"},
    {.key = 'O', .name = "once", .text = "end with the first session"},
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

static const struct manual_item exit_codes[] = {{"0", "after a session, or a signal with --listen"},
                                                {"1", "the server could not start"},
                                                {"2", "wrong use"},
                                                {0}};

static const struct manual_item examples[] = {
    {.term = "luaheat dap --log /tmp/luaheat.log"},
    {.term = "luaheat dap --listen 4711"},
    {.term = "luaheat dap --listen 0.0.0.0:4711 --token-file ~/.luaheat-token"},
    {0}};

const struct manual_command manual_dap = {
    .name = "dap",
    .summary = "serve an editor: the Debug Adapter Protocol",
    .description =
        "Serves one debug session, the Debug Adapter Protocol on standard input and output: the "
        "editor starts this, not you. With --listen it serves the editors that connect: programs "
        "run where luaheat is, in a container or on another machine. At a Unix socket, and "
        "without a token, only programs of the same user are let in.",
    .options = options,
    .exit_codes = exit_codes,
    .examples = examples};
