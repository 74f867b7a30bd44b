/* SPDX-License-Identifier: MIT */
/*
 * why_option: --why FILE:LINE. The question goes to the runtime, and the answer is a member of what
 * the program tells (told.h).
 */
#ifndef LUAHEAT_ADAPTER_WHY_OPTION_H
#define LUAHEAT_ADAPTER_WHY_OPTION_H

#include "complain.h"
#include "file_line.h"
#include "why.h"

#include <cJSON.h>

/* All zero: nothing is asked. */
struct why_option {
    const char *words;
    struct file_line place;
};

/* 0, or -EINVAL with a complaint; end with why_option_finish() either way. */
int why_option_parse(struct why_option *option, const char *words, char complaint[COMPLAINT_BYTES]);
void why_option_finish(struct why_option *option);

/* `at`: the moment; told: NULL, if nothing was. 0 or -ENOMEM; end with why_finish() either way. */
int why_read(struct why *why, const struct why_option *option, const char *at, const cJSON *told);
void why_finish(struct why *why);

#endif
