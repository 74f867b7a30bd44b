/* SPDX-License-Identifier: MIT */
/*
 * measured_settings: how measurements were made, and are to be read (measured.h).
 */
#ifndef LUAHEAT_ADAPTER_MEASURED_SETTINGS_H
#define LUAHEAT_ADAPTER_MEASURED_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

struct measured_settings {
    uint64_t warmup; /* so many first windows do not count */
    bool collected;  /* there was a full collection before each window opened and closed */
};

#endif
