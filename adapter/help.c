/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <stdio.h>
#include <stdlib.h>

enum { EXIT_USAGE = 2 };

static int show(const char *text) {
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static const char overview[] =

    "luaheat " LUAHEAT_VERSION " - a Lua 5.4 debugger that knows each line's memory, to the byte\n"
    "\n"
    "  luaheat run script.lua [args]   run a script, then list its lines by memory growth\n"
    "  luaheat diff A.json B.json      compare two runs line by line\n"
    "  luaheat dap                     serve an editor: the Debug Adapter Protocol on stdin "
    "and\n"
    "                                  stdout, one session. The editor starts this, not you.\n"
    "  luaheat help [run|diff|dap]     more about a command; also luaheat run --help\n"
    "  luaheat --version\n"
    "\n"
    "Try:  luaheat run --top 5 script.lua\n"
    "\n"
    "Environment:\n"
    "  LUAHEAT_LUA   the interpreter luaheat-lua, if it is not beside this program\n"
    "  LUAHEAT_SAMPLING   bytes between two samples of call stacks, on average (65536); 0: none\n"
    "  NO_COLOR      any value: no colours on a terminal\n";

int help_overview(void) {
    return show(overview);
}

int help_no_command(void) {
    fputs(overview, stderr);
    return EXIT_USAGE;
}

int help_run(void) {
    return show(
        "luaheat run [options] script.lua [args]\n"
        "\n"
        "Runs the script as lua5.4 would. When it has ended - by itself, by an error, os.exit, "
        "Ctrl-C or\n"
        "any signal - lists its lines with the memory each one allocated. The exit code is the "
        "script's\n"
        "own; 128 + n if signal n ended it; 3 if it succeeded but broke a limit.\n"
        "\n"
        "  --sort KEY        growth (default), allocated, freed, live, peak, allocations, or "
        "line:\n"
        "                    the order of the source\n"
        "  --top N           the first N lines only; 0: all. A table shows 20 unless told "
        "otherwise,\n"
        "                    json and csv everything\n"
        "  --format FORM     table (default), json or csv\n"
        "  -o, --output FILE where the report goes. Default is standard error, so that standard "
        "output\n"
        "                    is the script's alone, byte for byte; - is standard output\n"
        "  --export FORMAT=FILE   the figures in a file for another program; may be repeated. "
        "Formats: pprof,\n"
        "                    heapprofile, speedscope, collapsed (call stacks), csv, json, html\n"
        "  --limit WHAT=MOST the exit code is 3 if WHAT is more than MOST at the end; may be "
        "repeated\n"
        "  -h, --help        this\n"
        "  --                ends the options\n"
        "\n"
        "What one frame or request costs, and what of it stays:\n"
        "\n"
        "  --measure NAME=FILE:LINE             from each time the script comes to the line to the "
        "next\n"
        "  --measure NAME=FILE:LINE..FILE:LINE  from one line to another\n"
        "  --warmup N        the first N such windows do not count\n"
        "  --collect         a full collection before each window begins and ends\n"
        "  --fail-on-growth NAME  the exit code is 3 if a line of that measurement looks like a "
        "leak;\n"
        "                    --limit retained=MOST limits what stays of a window\n"
        "\n"
        "Everything behind the script's name is handed to the script. The name - reads the script "
        "from\n"
        "standard input.\n"
        "\n"
        "The columns, per source line, in bytes (below a million every digit is shown; json and "
        "csv always\n"
        "have them all):\n"
        "\n"
        "  growth     how much more of its memory is there at the end than at the start\n"
        "  allocs     how often it allocated: new blocks, and blocks that grew\n"
        "  allocated  what it allocated in all\n"
        "  freed      what of that the collector freed, wherever it ran\n"
        "  live       allocated - freed. What is dead but not yet collected counts as live\n"
        "  at peak    what of it was live when the whole heap was largest\n"
        "\n"
        "Below them stand the sites that are no line: (startup), (C), (string table), (debugger).\n"
        "The live bytes of all rows add up to Lua's own count of its heap, or the rest is told.\n"
        "\n"
        "What --limit limits:\n"
        "\n"
        "  FILE:LINE         the line's growth; FILE:LINE:FIGURE its growth, allocations, "
        "allocated, "
        "live or\n"
        "                    peak (its bytes at peak)\n"
        "  heap              the whole heap at its peak\n"
        "  live              the whole heap at the end\n"
        "  allocated, allocations   of all lines together\n"
        "\n"
        "MOST is a size: 500, 64KB, 1.5MB, 1GB (powers of 1000) or 64KiB, 1MiB, 1GiB (powers of "
        "1024);\n"
        "of allocations it is their number. Broken limits are told on standard error. A limit of "
        "a line\n"
        "that holds no code, or of a file that never ran, is an error: exit code 2. What the "
        "script itself\n"
        "exits with goes before either.\n"
        "\n"
        "Examples:\n"
        "  luaheat run leak.lua\n"
        "  luaheat run --sort peak --top 5 app.lua --verbose input.txt\n"
        "  luaheat run --format csv -o memory.csv app.lua\n"
        "  luaheat run --export html=memory.html --export pprof=memory.pb.gz app.lua\n"
        "  luaheat run --measure frame=game.lua:42 --warmup 10 game.lua\n"
        "  luaheat run --limit heap=64MB --limit src/player.lua:42=1KB app.lua\n");
}

int help_diff(void) {
    return show(
        "luaheat diff [options] BEFORE.json AFTER.json\n"
        "\n"
        "Compares two reports of luaheat run --format json line by line, on standard output. A "
        "line is followed\n"
        "by its text when it moved; a line whose text was changed is gone and new. Files are those "
        "of the same\n"
        "path or, if the runs were made in different folders, of the longest common path ending.\n"
        "\n"
        "  --sort KEY        growth (default), allocated, freed, live, peak or allocations: the "
        "figure that\n"
        "                    is shown, by its change; or line: the order of the source\n"
        "  --top N           the first N lines only; 0: all. A table shows 20 unless told "
        "otherwise,\n"
        "                    json and csv everything\n"
        "  --format FORM     table (default), json or csv\n"
        "  --limit WHAT=MOST the exit code is 3 if WHAT rose by more than MOST; may be repeated\n"
        "  -h, --help        this\n"
        "  --                ends the options\n"
        "\n"
        "A table shows the lines that changed; json and csv have all.\n"
        "\n"
        "What --limit limits the rise of:\n"
        "\n"
        "  line              the growth of any single line; a new one rose from 0\n"
        "  heap              the whole heap at its peak\n"
        "  live              the whole heap at the end\n"
        "  allocated, allocations   of all lines together\n"
        "\n"
        "MOST is a size: 500, 64KB, 1.5MB, 1GB (powers of 1000) or 64KiB, 1MiB, 1GiB (powers of "
        "1024);\n"
        "of allocations it is their number. Broken limits are told on standard error. Without a "
        "broken limit\n"
        "the exit code is 0, whatever changed; 2 if a report cannot be read.\n"
        "\n"
        "Examples:\n"
        "  luaheat diff before.json after.json\n"
        "  luaheat diff --limit line=1KB --limit heap=64KB before.json after.json\n");
}

int help_version(void) {
    return show("luaheat " LUAHEAT_VERSION " (for Lua 5.4)\n");
}
