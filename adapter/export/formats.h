/* SPDX-License-Identifier: MIT */
/*
 * formats: what the table of export.c lists. What each holds is said in docs/exports.md.
 */
#ifndef LUAHEAT_ADAPTER_FORMATS_H
#define LUAHEAT_ADAPTER_FORMATS_H

#include "export.h"

export_function pprof_write, heapprofile_write, speedscope_write, collapsed_write, html_write;

#endif
