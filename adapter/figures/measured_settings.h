/* SPDX-License-Identifier: MIT */
/*
 * measured_settings: how measurements are to be read (measured.h).
 */
#ifndef LUAHEAT_ADAPTER_MEASURED_SETTINGS_H
#define LUAHEAT_ADAPTER_MEASURED_SETTINGS_H

#include <stdint.h>

struct measured_settings {
    uint64_t warmup; /* so many first windows do not count */
};

#endif
