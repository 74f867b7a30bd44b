/* SPDX-License-Identifier: MIT */
#include "columns_text.h"
#include "entries.h"

const char *const manual_formats[] = {
    [MANUAL_TABLE] = "table", [MANUAL_JSON] = "json", [MANUAL_CSV] = "csv", NULL};

const char *const entries_orders[] = {COLUMNS_SORT_WORDS, NULL};

static const char *const commands[] = {"run", "diff", "ps", "dap", "help", NULL};

/* ---- luaheat itself ---- */

static const struct manual_option options[] = {
    ENTRIES_HELP,
    {.key = 'V', .name = "version", .text = "which luaheat this is"},
    {.key = 'C',
     .name = "cpath",
     .text = "where a program of somebody else's finds the module luaheat: LUA_CPATH=\"$(luaheat "
             "--cpath);;\""},
    {0}};

static const struct manual_item environment[] = {
    {"LUAHEAT_LUA", "the interpreter luaheat-lua, if it is not beside this program"},
    {"LUAHEAT_DOORS",
     "the folder in which programs open doors for a debugger; $XDG_RUNTIME_DIR/luaheat, "
     "else /tmp/luaheat-UID"},
    {"LUAHEAT_SAMPLING",
     "bytes between two samples of call stacks, on average (65536); or all or off, as --stacks of "
     "luaheat run"},
    {"NO_COLOR", "any value: no colours on a terminal"},
    {0}};

static const struct manual_item exit_codes[] = {
    {"0", "success"}, {"2", "wrong use"}, {.text = "Those of each command are told with it."}, {0}};

static const struct manual_item examples[] = {{.term = "luaheat run --top 5 script.lua"}, {0}};

const struct manual_command manual_luaheat = {
    .operands = "COMMAND ...",
    .operand = {MANUAL_WORD, .words = commands},
    .operand_count = 1,
    .hands_on = true,
    .summary = "a Lua 5.4 debugger that knows each line's memory, to the byte",
    .description =
        "Shows beside every line of a Lua program how much memory that line made it grow, in an "
        "editor while it is debugged, and on the command line.",
    .options = options,
    .environment = environment,
    .exit_codes = exit_codes,
    .examples = examples};

/* ---- luaheat help ---- */

static const struct manual_option help_options[] = {ENTRIES_HELP, ENTRIES_END, {0}};

const struct manual_command manual_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .operand = {MANUAL_WORD, .words = commands},
    .operand_count = 1,
    .summary = "more about a command; also luaheat run --help",
    .description = "Tells about a command what its option --help tells.",
    .options = help_options};

const struct manual_command *const manual_commands[] = {&manual_run, &manual_diff, &manual_ps,
                                                        &manual_dap, &manual_help, NULL};
