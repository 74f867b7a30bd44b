/* SPDX-License-Identifier: MIT */
/*
 * hostile_figures: figures that a program has scribbled over, or goes on scribbling over.
 */
#ifndef LUAHEAT_TESTS_HOSTILE_FIGURES_H
#define LUAHEAT_TESTS_HOSTILE_FIGURES_H

#include "figures.h"

#include <pthread.h>
#include <stdatomic.h>

/* Fills what is looked at first of each array, and all counts, with numbers of which some are
   right, some just beyond what is and some extreme. The seed tells which. */
void hostile_fill(struct figures *figures, uint64_t seed);

/* Another thread goes on doing so until it is stopped. */
struct hostile_writer {
    struct figures *figures;
    _Atomic int over;
    pthread_t thread;
};
void hostile_start(struct hostile_writer *writer, struct figures *figures);
void hostile_stop(struct hostile_writer *writer);

#endif
