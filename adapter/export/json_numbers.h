/* SPDX-License-Identifier: MIT */
/*
 * json_numbers: whole numbers in JSON digit by digit: cJSON's own go through double and "1e+15".
 * All return false if memory is out.
 */
#ifndef LUAHEAT_ADAPTER_JSON_NUMBERS_H
#define LUAHEAT_ADAPTER_JSON_NUMBERS_H

#include <cJSON.h>
#include <stdbool.h>
#include <stdint.h>

bool json_add_number(cJSON *object, const char *name, uint64_t number);
bool json_add_signed(cJSON *object, const char *name, int64_t number);
bool json_append_signed(cJSON *array, int64_t number);

#endif
