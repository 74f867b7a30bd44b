/* SPDX-License-Identifier: MIT */
/*
 * memory_answer: the answer to what is to be watched of memory, memory breakpoints and
 * measurements: one for each, like DAP's to setBreakpoints.
 */
#ifndef LUAHEAT_DAP_MEMORY_ANSWER_H
#define LUAHEAT_DAP_MEMORY_ANSWER_H

#include "request_tables.h"

/* `count` of them under `name`: verified, unless the program of the request does not measure. */
void memory_answer(struct request *request, const char *name, int count);

#endif
