/* SPDX-License-Identifier: MIT */
/*
 * export_formats: the formats of --export and luaheat/export, FORMAT(name, what it is).
 *
 * A row makes the name an option's value, with its help, its line in the manual page and its
 * completions, and what clients are told; NAME_write() writes it (export/export.h).
 */
#ifndef LUAHEAT_MANUAL_EXPORT_FORMATS_H
#define LUAHEAT_MANUAL_EXPORT_FORMATS_H

#define EXPORT_FORMATS(FORMAT)                                                                     \
    FORMAT(pprof, "call stacks, for go tool pprof, Pyroscope or Parca")                            \
    FORMAT(heapprofile, "call stacks of what lives, for VS Code or Chrome's DevTools")             \
    FORMAT(speedscope, "call stacks, for speedscope")                                              \
    FORMAT(collapsed, "call stacks, for flamegraph.pl")                                            \
    FORMAT(csv, "the lines, for spreadsheets")                                                     \
    FORMAT(json, "the report of --format json")                                                    \
    FORMAT(html, "a page with the heat beside the source, for browsers")

#endif
