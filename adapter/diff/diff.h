/* SPDX-License-Identifier: MIT */
/*
 * diff: the command `luaheat diff`. Compares two JSON reports of `luaheat run` line by line.
 */
#ifndef LUAHEAT_DIFF_DIFF_H
#define LUAHEAT_DIFF_DIFF_H

/* argv[0] is "diff", argv[argc] NULL. The exit code: 0, 2 for what is wrong with the options, the
   reports or the output, 3 if a limit is broken. */
int diff_main(int argc, char **argv);

#endif
