/* SPDX-License-Identifier: MIT */
/*
 * help: what `luaheat --help` and its kin print. Each returns the exit code.
 */
#ifndef LUAHEAT_ADAPTER_HELP_H
#define LUAHEAT_ADAPTER_HELP_H

int help_overview(void);
int help_run(void);
int help_diff(void);
int help_version(void);

/* The overview again, but as an error: on standard error. */
int help_no_command(void);

#endif
