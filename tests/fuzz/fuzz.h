/* SPDX-License-Identifier: MIT */
/*
 * fuzz: what libFuzzer calls. A target aborts, by an assertion or a sanitizer, when something is
 * not as it must be; it returns 0.
 */
#ifndef LUAHEAT_TESTS_FUZZ_H
#define LUAHEAT_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Once, before the first input; a target need not have it. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

#endif
