/* SPDX-License-Identifier: MIT */
/*
 * refusal: why there can be no run at all, said before there is a runtime that could.
 */
#ifndef LUAHEAT_INTERPRETER_REFUSAL_H
#define LUAHEAT_INTERPRETER_REFUSAL_H

/* To the adapter if it listens (the problem of event `ready`), else on standard error. Returns the
   exit code. */
int refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
