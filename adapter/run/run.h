/* SPDX-License-Identifier: MIT */
/*
 * run: the command `luaheat run`. Runs a script to its end, whatever end that is, and then reports
 * each line's memory. No link to the debuggee, no breakpoints: only its figures.
 */
#ifndef LUAHEAT_ADAPTER_RUN_H
#define LUAHEAT_ADAPTER_RUN_H

/* argv[0] is "run", argv[argc] NULL. The exit code: the script's own, or 128 and the signal that
   ended it; 1 if there was nothing to run, 2 for what is wrong with the options or the report, 3 if
   a script that itself succeeded broke a limit. */
int run_main(int argc, char **argv);

#endif
