/* SPDX-License-Identifier: MIT */
/*
 * retained: what was allocated in a range of epochs (link/windows.h) and is still there now. Bytes.
 * A range goes from epoch `first` to the one before `end`; end 0: until now.
 */
#ifndef LUAHEAT_ADAPTER_RETAINED_H
#define LUAHEAT_ADAPTER_RETAINED_H

#include "figures.h"

#include <stdbool.h>

/* Is the range still told apart from what was before and after it? Of one that is not the others
   answer for a range around it. */
bool retained_is_known(const struct figures *figures, uint32_t first, uint32_t end);

/* site: below FIGURES_MAX_SITES. */
int64_t retained_by_site(const struct figures *figures, uint32_t site, uint32_t first,
                         uint32_t end);
int64_t retained_by_all(const struct figures *figures, uint32_t first, uint32_t end);

#endif
