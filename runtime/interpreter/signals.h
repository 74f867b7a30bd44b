/* SPDX-License-Identifier: MIT */
/*
 * signals: ignored and blocked ones as the script would find them if luaheat did not stand between
 * it and whoever has started it.
 */
#ifndef LUAHEAT_INTERPRETER_SIGNALS_H
#define LUAHEAT_INTERPRETER_SIGNALS_H

/* Sets what LINK_ENV_SIGNALS says and takes it out of the environment. Without it, or if it says
   something else, all stays as it is. */
void signals_take(void);

#endif
