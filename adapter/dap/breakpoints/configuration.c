/* SPDX-License-Identifier: MIT */
#include "configuration.h"

void configuration_finish(struct configuration *configuration) {
    breakpoint_table_finish(&configuration->breakpoints);
    cJSON_Delete(configuration->exception_filters);
    cJSON_Delete(configuration->memory_breakpoints);
    cJSON_Delete(configuration->measurements);
    *configuration = (struct configuration){0};
}
