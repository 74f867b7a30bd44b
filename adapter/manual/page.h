/* SPDX-License-Identifier: MIT */
/*
 * page: the manual as a page for man(1), in the macros of man(7).
 */
#ifndef LUAHEAT_MANUAL_PAGE_H
#define LUAHEAT_MANUAL_PAGE_H

#include <stdio.h>

/* released: "2026-11-28" */
void page_write(FILE *file, const char *released);

#endif
