/* SPDX-License-Identifier: MIT */
#include "columns_text.h"
#include "entries.h"
#include "export_formats.h"

#define NAME(name, extension, what) #name,
#define ITEM(name, extension, what) {#name, what},

const char *const manual_export_formats[] = {EXPORT_FORMATS(NAME) NULL};

static const char *const limited[] = {"heap", "live", COLUMNS_TOTAL_WORDS, "retained", NULL};

static const char *const stacks[] = {"sampled", "all", "off", NULL};
static const char *const moments[] = {"end", "peak", NULL};

static const struct manual_option options[] = {
    {.key = 's',
     .name = "sort",
     .argument = "KEY",
     .value = {MANUAL_WORD, .words = entries_orders},
     .text = "the order of the lines: by " COLUMNS_ORDERS
             ", the largest first; or line: as in the source"},
    ENTRIES_TOP,
    ENTRIES_FORMAT,
    {.key = 'o',
     .letter = true,
     .name = "output",
     .argument = "FILE",
     .value = {MANUAL_FILE},
     .text = "where the report goes. Default is standard error, so that standard output is the "
             "script's alone, byte for byte; - is standard output"},
    {.key = 'e',
     .name = "export",
     .argument = "FORMAT=FILE",
     .value = {MANUAL_WORD_FILE, .words = manual_export_formats},
     .repeats = true,
     .text = "the figures in a file for another program; may be repeated"},
    {.key = 'l',
     .name = "limit",
     .argument = "WHAT=MOST",
     .value = {MANUAL_WORD_OR_FILE, .words = limited, .ending = ".lua"},
     .repeats = true,
     .text = "the exit code is 3 if WHAT is more than MOST at the end; may be repeated"},
    {.key = 'S',
     .name = "stacks",
     .argument = "WHICH",
     .value = {MANUAL_WORD, .words = stacks},
     .text = "of which allocations the calls are looked at: sampled (default): some, so that what "
             "happened below a line is an estimate; all: each, so that it is exact, which takes "
             "time and memory; off: none"},
    {.key = 'L',
     .name = "lua",
     .argument = "PATH",
     .value = {MANUAL_FILE},
     .text = "the shared liblua of Lua 5.4 that the script runs on, instead of luaheat's own"},
    {.key = 'H',
     .name = "host",
     .text = "what is run is no script but any program that has Lua 5.4 in it: a lua5.4 of your "
             "own, or one whose Lua code says require \"luaheat\" (which is found: "
             "LUA_CPATH_5_4 is set for it)"},
    ENTRIES_HELP,
    ENTRIES_END,
    {.text = "What one frame or request costs, and what of it stays:"},
    {.key = 'm',
     .name = "measure",
     .argument = "NAME=FILE:LINE[..FILE:LINE]",
     .value = {MANUAL_NAME_FILE, .ending = ".lua"},
     .repeats = true,
     .text = "windows from each time the script comes to the line to the next; of two lines, from "
             "the first to the second; may be repeated"},
    {.key = 'w',
     .name = "warmup",
     .argument = "N",
     .value = {MANUAL_NUMBER},
     .text = "the first N such windows do not count"},
    {.key = 'c', .name = "collect", .text = "a full collection before each window begins and ends"},
    {.key = 'g',
     .name = "fail-on-growth",
     .argument = "NAME",
     .value = {MANUAL_TEXT},
     .repeats = true,
     .text = "the exit code is 3 if a line of that measurement looks like a leak; "
             "--limit retained=MOST limits what stays of a window"},
    {.key = 'y',
     .name = "why",
     .argument = "FILE:LINE",
     .value = {MANUAL_FILE, .ending = ".lua"},
     .text = "who holds what the line has allocated: the paths to it, those that are alike as one. "
             "It is looked for when the script ends, by itself, by an error or os.exit, or when a "
             "program of --host closes its Lua state; the script may take twice as long until "
             "then"},
    {.key = 'b',
     .name = "largest",
     .argument = "N",
     .value = {MANUAL_NUMBER},
     .text =
         "what takes the room: the N tables that retain most, and the N strings that are there "
         "most often, by what one of each would save. They are looked for when the script ends, "
         "as by --why"},
    {.key = 'Y',
     .name = "why-at",
     .argument = "MOMENT",
     .value = {MANUAL_WORD, .words = moments},
     .text = "when --why and --largest look: end, or peak: each time that the heap is a tenth "
             "larger than when it was looked at "
             "last. So the answer is of a heap that is less than a tenth below its peak, and all "
             "looks together take some eleven times as long as the last one"},
    {0}};

static const struct manual_item behind_the_script[] = {
    {.text = "Everything behind the script's name is handed to the script. The name - reads the "
             "script from standard input."},
    {0}};

static const struct manual_item columns[] = {
    {.text = "Per source line, in bytes. Below a million every digit is shown; json and csv always "
             "have them all."},
    COLUMNS_MEANINGS,
    {.text = "Below them stand the sites that are no line: (startup), (C), (string table), "
             "(debugger), (before attach). The live bytes of all rows add up to Lua's own count of "
             "its heap, or the "
             "rest is told."},
    {0}};

static const struct manual_item exports[] = {EXPORT_FORMATS(ITEM){0}};

static const struct manual_item limits[] = {
    {"FILE:LINE", "the line's growth"},
    {"FILE:LINE:FIGURE", "its " COLUMNS_LIMITED " (peak: its bytes at peak)"},
    {"heap", "the whole heap at its peak"},
    {"live", "the whole heap at the end"},
    COLUMNS_TOTALS,
    {"retained", "what stays of a window, whichever measurement's"},
    {.text = ENTRIES_SIZES " A limit of a line that holds no code, or of a file that never ran, is "
                           "an error."},
    {0}};

static const struct manual_section sections[] = {{.items = behind_the_script},
                                                 {"The columns:", columns},
                                                 {"The formats of --export:", exports},
                                                 {"What --limit limits:", limits},
                                                 {0}};

static const struct manual_item exit_codes[] = {
    {.text = "The script's own goes before any other."},
    {"0", "it succeeded, and so did the report"},
    {"1", "nothing ran"},
    {"2", "wrong use, a report that could not be written, a limit that limits nothing"},
    {"3", "it succeeded but broke a limit"},
    {"128 + N", "signal N ended the script"},
    {0}};

static const struct manual_item examples[] = {
    {.term = "luaheat run leak.lua"},
    {.term = "luaheat run --sort peak --top 5 app.lua --verbose input.txt"},
    {.term = "luaheat run --format csv -o memory.csv app.lua"},
    {.term = "luaheat run --export html=memory.html --export pprof=memory.pb.gz app.lua"},
    {.term = "luaheat run --measure frame=game.lua:42 --warmup 10 game.lua"},
    {.term = "luaheat run --why game.lua:42 game.lua"},
    {.term = "luaheat run --largest 10 --why-at peak game.lua"},
    {.term = "luaheat run --host -- busted spec"},
    {.term = "luaheat run --limit heap=64MB --limit src/player.lua:42=1KB app.lua"},
    {0}};

const struct manual_command manual_run = {
    .name = "run",
    .operands = "script.lua [args]",
    .operand = {MANUAL_FILE, .ending = ".lua"},
    .operand_count = 1,
    .hands_on = true,
    .summary = "run a script, then list its lines by memory growth",
    .description =
        "Runs the script as lua5.4 would. When it has ended - by itself, by an error, os.exit, "
        "Ctrl-C or any signal - lists its lines with the memory each one allocated.",
    .options = options,
    .sections = sections,
    .exit_codes = exit_codes,
    .examples = examples};
