/* SPDX-License-Identifier: MIT */
/*
 * finding: what a measurement has found, as a sentence for people: what keeps how much, where, and
 * how sure that is; or that nothing does, and what would have been seen.
 */
#ifndef LUAHEAT_ADAPTER_FINDING_H
#define LUAHEAT_ADAPTER_FINDING_H

#include "figures.h"
#include "measured.h"

/* One line, valid UTF-8. A file in `folder` (absolute) is told as it lies there, another one by its
   name; NULL: all are. The caller's to free(); NULL if memory is out. */
char *finding_sentence(const struct figures *figures, const struct measured *measured,
                       const char *folder);

#endif
