/* SPDX-License-Identifier: MIT */
#include "common.h"

#include "columns_text.h"

const char *const common_formats[] = {"table", "json", "csv", NULL};

const char *const common_orders[] = {COLUMNS_SORT_WORDS, NULL};
