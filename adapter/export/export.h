/* SPDX-License-Identifier: MIT */
/*
 * export: the figures in the formats of other programs (docs/exports.md). Each has a row in the
 * table of manual/export_formats.h, and NAME_write() in a file of its own.
 */
#ifndef LUAHEAT_ADAPTER_EXPORT_H
#define LUAHEAT_ADAPTER_EXPORT_H

#include "answers.h"
#include "export_formats.h"
#include "figures.h"
#include "lines.h"
#include "measured_settings.h"
#include "sampled.h"

#include <stdio.h>

/* One moment's figures. */
struct export {
    const struct figures *figures;
    struct lines lines; /* by growth since the start */
    struct sampled sampled;
    struct measured_settings measuring;
    struct answers answers;
};

/* 0, -ENOMEM or the negative errno of writing. */
typedef int export_function(FILE *file, const struct export *export);

#define EXPORT_DECLARE(name, extension, what) export_function name##_write;
EXPORT_FORMATS(EXPORT_DECLARE)

struct export_format {
    const char *name;
    export_function *write;
};

/* NULL if there is none of that name, which need not end there. */
const struct export_format *export_find(const char *name, size_t size);

/* Reads the figures and writes them; `measuring` NULL: no warm-up.
   `answers` NULL: nothing was asked. 0, -ENOMEM or the negative errno of writing. */
int export_write(const struct export_format *format, FILE *file, const struct figures *figures,
                 const struct measured_settings *measuring, const struct answers *answers);

#endif
