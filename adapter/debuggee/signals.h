/* SPDX-License-Identifier: MIT */
/*
 * signals: those that were ignored and those that were blocked when luaheat was started (nohup,
 * trap '' PIPE). A program that it starts is to find the same, as if the shell had started it; but
 * libuv starts every child with neither. So it is told, and sets them itself (link/link.h).
 */
#ifndef LUAHEAT_ADAPTER_SIGNALS_H
#define LUAHEAT_ADAPTER_SIGNALS_H

enum { SIGNALS_TEXT_BYTES = 2 * 16 + 2 };

/* To be called once, first thing in main. Blocked ends of children are let through from here on. */
void signals_note(void);

/* LINK_ENV_SIGNALS's text. */
void signals_text(char text[SIGNALS_TEXT_BYTES]);

/* What people call a signal that can end a program: "SIGSEGV"; NULL: it has no name. strsignal()
   describes it. */
const char *signals_name(int number);

#endif
