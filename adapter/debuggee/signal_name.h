/* SPDX-License-Identifier: MIT */
/*
 * signal_name: what people call a signal that can end a program.
 */
#ifndef LUAHEAT_ADAPTER_SIGNAL_NAME_H
#define LUAHEAT_ADAPTER_SIGNAL_NAME_H

/* "SIGSEGV"; NULL: it has no name. strsignal() describes it. */
const char *signal_name(int number);

#endif
