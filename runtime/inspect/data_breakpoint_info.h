/* SPDX-License-Identifier: MIT */
/*
 * data_breakpoint_info: which variable a client means that wants a data breakpoint: the child of
 * something unfolded, or an expression in a frame: a chain (chain.h), of which a key may be any
 * expression that is evaluated without running code.
 */
#ifndef LUAHEAT_INSPECT_DATA_BREAKPOINT_INFO_H
#define LUAHEAT_INSPECT_DATA_BREAKPOINT_INFO_H

#include "inspect.h"

struct data_variable;
struct expressions;

/* The variable, the caller's to destroy; a global one wherever names lead there, as that may be
 * kept from session to session. NULL with the problem told. */
struct data_variable *data_breakpoint_info_find(struct stop *stop, struct expressions *expressions,
                                                const cJSON *arguments,
                                                struct inspect_problem *problem);

#endif
