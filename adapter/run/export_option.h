/* SPDX-License-Identifier: MIT */
/*
 * export_option: what --export asks for, FORMAT=FILE, and the file it goes to.
 */
#ifndef LUAHEAT_ADAPTER_EXPORT_OPTION_H
#define LUAHEAT_ADAPTER_EXPORT_OPTION_H

#include "complain.h"
#include "destination.h"
#include "export.h"

#include <stddef.h>

enum { EXPORT_OPTION_MOST = 16 };

struct export_option {
    const struct export_format *format;
    const char *file; /* argv's; "-": standard output */
    struct destination destination;
};

/* words: a format that there is, an equals sign, a file. They stay the caller's. */
void export_option_parse(struct export_option *option, const char *words);

/* Before the script runs (destination.h). 0 or -EINVAL with a complaint. Not opened is fine for
   export_option_close(). */
int export_option_open(struct export_option *option, const char *script,
                       char complaint[COMPLAINT_BYTES]);
void export_option_close(struct export_option *option);

/* After it. 0, -ENOMEM or the negative errno of writing. */
int export_option_write(struct export_option *option, const struct figures *figures,
                        const struct measured_settings *measuring);

#endif
