/* SPDX-License-Identifier: MIT */
/*
 * wanted_source: which source a client means: by path, in whatever spelling, or by name if it has
 * no path.
 */
#ifndef LUAHEAT_DAP_WANTED_SOURCE_H
#define LUAHEAT_DAP_WANTED_SOURCE_H

#include "arguments.h"
#include "lines.h"

#include <stdbool.h>
#include <sys/stat.h>

struct wanted_source {
    const char *path, *name; /* live as long as the arguments */
    bool exists;
    struct stat status;
};

/* The argument `source`: DAP's Source, or just its path or name. False: there is none. */
bool wanted_source_read(struct wanted_source *wanted, struct arguments *arguments);

/* Keeps the rows of the source. */
void wanted_source_keep(const struct wanted_source *wanted, struct lines *lines,
                        const struct figures *figures);

#endif
