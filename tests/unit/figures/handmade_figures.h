/* SPDX-License-Identifier: MIT */
/*
 * handmade_figures: figures as a runtime would write them, filled in by a test.
 */
#ifndef LUAHEAT_TESTS_HANDMADE_FIGURES_H
#define LUAHEAT_TESTS_HANDMADE_FIGURES_H

#include "figures.h"

#include <stddef.h>

/* With the pseudo-sites, attached, one peak seen. */
struct figures *handmade_create(void);
void handmade_destroy(struct figures *figures);

/* Its index. path may be NULL. */
uint32_t handmade_source(struct figures *figures, const char *name, size_t name_bytes,
                         const char *path);

/* A file: name "@" and the path. */
uint32_t handmade_file(struct figures *figures, const char *path);

/* Its index. */
uint32_t handmade_site(struct figures *figures, uint32_t source, uint32_t line);

/* Adds to a site's cell, and to the heap. */
void handmade_allocate(struct figures *figures, uint32_t site, enum figures_kind kind,
                       uint64_t bytes);
void handmade_free(struct figures *figures, uint32_t site, enum figures_kind kind, uint64_t bytes);

#endif
