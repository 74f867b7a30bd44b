/* SPDX-License-Identifier: MIT */
#include "capabilities.h"

#include "alloc.h"
#include "exception_filters.h"
#include "export_formats.h"
#include "inspection.h"
#include "request.h"
#include "set_breakpoints.h"

#define ROW(name, extension, what) {#name, extension, what},

static const struct {
    const char *name, *extension, *what;
} export_formats[] = {EXPORT_FORMATS(ROW)};

static void add_export_formats(cJSON *capabilities) {
    cJSON *own = cJSON_GetObjectItemCaseSensitive(capabilities, "luaheat");
    cJSON *formats = cJSON_AddArrayToObject(own, "exportFormats");
    for (size_t i = 0; i < sizeof export_formats / sizeof *export_formats; i++) {
        cJSON *format = alloc_checked(cJSON_CreateObject());
        cJSON_AddStringToObject(format, "format", export_formats[i].name);
        cJSON_AddStringToObject(format, "extension", export_formats[i].extension);
        cJSON_AddStringToObject(format, "description", export_formats[i].what);
        cJSON_AddItemToArray(formats, format);
    }
}

cJSON *capabilities_json(const struct request_entry *const *tables) {
    cJSON *capabilities = request_capabilities(tables);
    exception_filters_add(capabilities);
    inspection_add_capabilities(capabilities);
    set_breakpoints_add_modes(capabilities);
    add_export_formats(capabilities);
    return capabilities;
}
