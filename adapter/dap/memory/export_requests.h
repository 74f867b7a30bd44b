/* SPDX-License-Identifier: MIT */
/*
 * export_requests: luaheat/export, the figures of now in a file, in the format of another program
 * (docs/exports.md).
 *
 * An older file there is replaced when the new one is whole (cli/replacement.h).
 */
#ifndef LUAHEAT_DAP_EXPORT_REQUESTS_H
#define LUAHEAT_DAP_EXPORT_REQUESTS_H

#include <cJSON.h>

/* Adds to our own capabilities what `format` may be. */
void export_requests_add_formats(cJSON *capabilities);

#endif
