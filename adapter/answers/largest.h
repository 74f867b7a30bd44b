/* SPDX-License-Identifier: MIT */
/*
 * largest: the largest tables and equal strings (docs/measure.md) as rows. All texts are valid
 * UTF-8 of the program's.
 */
#ifndef LUAHEAT_ADAPTER_LARGEST_H
#define LUAHEAT_ADAPTER_LARGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

/* How one is reached, and the line that made it. */
struct largest_place {
    char *path;
    char *source;  /* a path, or a name; NULL: it is not known, or no line */
    uint32_t line; /* 0: likewise */
};

struct largest_table {
    uint64_t bytes, retained, entries;
    struct largest_place place;
};

struct largest_string {
    uint64_t saved, bytes, each, count;
    char *value;                /* as a literal, cut */
    struct largest_place place; /* of the first of them */
};

/* All zero is empty. */
struct largest_tables {
    struct largest_table *rows;
    size_t count;
    uint64_t all;  /* tables that there are */
    bool by_bytes; /* the order; else by what they retain */
};

struct largest_strings {
    struct largest_string *rows;
    size_t count;
    uint64_t all, saved; /* of all that there are several of */
};

/* Of a run. */
struct largest {
    const char *at; /* the moment: "end", "peak" */
    char *json;     /* the answer; NULL: there is none, and all below is empty */
    struct largest_tables tables;
    struct largest_strings strings;
};

/* The answers of luaheat/largestTables and luaheat/equalStrings, into what is empty; what is
   missing is 0 or "". 0 or -ENOMEM; to be finished either way. */
int largest_tables_read(struct largest_tables *tables, const struct cJSON *answer);
int largest_strings_read(struct largest_strings *strings, const struct cJSON *answer);
void largest_tables_finish(struct largest_tables *tables);
void largest_strings_finish(struct largest_strings *strings);

/* Of what the program has told, which may be NULL (link/link.h). Likewise. */
int largest_read(struct largest *largest, const struct cJSON *told);
void largest_finish(struct largest *largest);

#endif
