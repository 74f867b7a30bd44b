/* SPDX-License-Identifier: MIT */
/*
 * inspect: answers DAP's inspection requests while the program is stopped. Each topic file ends
 * with a table of the requests it answers; inspect.c lists the tables. This header is all that the
 * one who serves the link needs, with stop.h.
 *
 * Looking (threads, stackTrace, scopes, variables, source, evaluating a plain chain of names)
 * leaves the program as it was: no code of its runs, no metamethod, and not a byte of its heap
 * changes. Only evaluate runs code, because the user asked for it.
 *
 * Bodies are DAP's. All text has been made valid UTF-8; Lua's integers appear in strings only.
 */
#ifndef LUAHEAT_INSPECT_INSPECT_H
#define LUAHEAT_INSPECT_INSPECT_H

#include <cjson/cJSON.h>
#include <stddef.h>

struct stop;

/* Why a request is refused, in words for the user that say what to do. All zero: it is not. */
struct inspect_problem {
    char text[1024]; /* valid UTF-8; longer words are cut */
};

/* Notes the problem (printf's format). NULL, so that an answer can end with it. */
void *inspect_refuse(struct inspect_problem *problem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a string member of any bytes, made valid UTF-8 (link/text.h). */
void inspect_add_text(cJSON *object, const char *name, const char *bytes, size_t size);

/* A row of a request table; a table ends with a row of NULLs. */
struct inspect_request {
    const char *command;
    /* The body, the caller's to delete; or NULL with the problem told. The arguments are as the
       contract of the link wants them; if none is required they may be NULL. */
    cJSON *(*answer)(struct stop *stop, const cJSON *arguments, struct inspect_problem *problem);
};

/* The row for the command; NULL if it is none of ours. */
const struct inspect_request *inspect_find(const char *command);

/* Topic files. */
extern const struct inspect_request stack_requests[];
extern const struct inspect_request scopes_requests[];
extern const struct inspect_request variables_requests[];
extern const struct inspect_request evaluate_requests[];
extern const struct inspect_request assign_requests[];
extern const struct inspect_request completions_requests[];
extern const struct inspect_request bytes_requests[];
extern const struct inspect_request source_requests[];
extern const struct inspect_request terminate_requests[];
extern const struct inspect_request exception_requests[];
extern const struct inspect_request retainers_requests[];
extern const struct inspect_request heap_snapshot_requests[];
extern const struct inspect_request largest_requests[];

#endif
