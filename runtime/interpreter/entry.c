/* SPDX-License-Identifier: MIT */
#include "entry.h"

#include "interpreter.h"
#include "probe.h"

const struct entry luaheat_entry = {probe_problem, interpreter_main};
