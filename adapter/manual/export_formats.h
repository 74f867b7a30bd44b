/* SPDX-License-Identifier: MIT */
/*
 * export_formats: the formats of --export and luaheat/export, FORMAT(name, what its files' names
 * end in, what it is).
 *
 * A row makes the name an option's value, with its help, its line in the manual page and its
 * completions, and what clients are told; NAME_write() writes it (export/export.h).
 */
#ifndef LUAHEAT_MANUAL_EXPORT_FORMATS_H
#define LUAHEAT_MANUAL_EXPORT_FORMATS_H

#define EXPORT_FORMATS(FORMAT)                                                                     \
    FORMAT(pprof, "pb.gz", "call stacks, for go tool pprof, Pyroscope or Parca")                   \
    FORMAT(heapprofile, "heapprofile",                                                             \
           "call stacks of what lives, for VS Code or Chrome's DevTools")                          \
    FORMAT(speedscope, "speedscope.json", "call stacks, for speedscope")                           \
    FORMAT(collapsed, "txt", "call stacks, for flamegraph.pl")                                     \
    FORMAT(massif, "massif.out", "the heap over time, the lines at its peak, for ms_print")        \
    FORMAT(csv, "csv", "the lines, for spreadsheets")                                              \
    FORMAT(json, "json", "the report of --format json")                                            \
    FORMAT(html, "html", "a page with the heat beside the source, for browsers")

#endif
