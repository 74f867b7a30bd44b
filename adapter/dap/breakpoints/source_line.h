/* SPDX-License-Identifier: MIT */
/*
 * source_line: a line of a file as a client names it, {"source": {"path"}, "line"}.
 */
#ifndef LUAHEAT_DAP_SOURCE_LINE_H
#define LUAHEAT_DAP_SOURCE_LINE_H

#include "arguments.h"

#include <cJSON.h>

/* As the runtime wants it, {"path", "line"}; the caller's to delete. What is wrong is rejected. */
cJSON *source_line_read(struct arguments *arguments);

#endif
