/* SPDX-License-Identifier: MIT */
/*
 * console_commands: what the table `luaheat` of the console prints. Its functions run in the
 * program, whose answer to `evaluate` tells what they were asked (runtime/inspect/commands.h).
 */
#ifndef LUAHEAT_DAP_CONSOLE_COMMANDS_H
#define LUAHEAT_DAP_CONSOLE_COMMANDS_H

#include <cjson/cJSON.h>

/* In the body of an answer to `evaluate`: what was asked becomes its text. A
   forwarding_amend_function; data is the program. */
void console_commands_answer(void *data, cJSON *body);

#endif
