/* SPDX-License-Identifier: MIT */
/*
 * stopped: runs Lua code that stops, in a line hook, each time the line marked "--> stop" is
 * reached, and lets a test ask what a client would. Once with figures and once without.
 *
 * Checks for every test: the stack is as it was, the program ends well, and with figures on the sum
 * of live over all cells is the collector's own count; after looking only, not a byte has changed.
 */
#ifndef LUAHEAT_TESTS_STOPPED_H
#define LUAHEAT_TESTS_STOPPED_H

#include "account.h"
#include "inspect.h"
#include "stop.h"

typedef void stopped_test(struct stop *stop);

/* `look` only looks at the program. */
void stopped_look(const char *code, stopped_test *look);

/* `evaluate` may run code in it; `after`, unless NULL, looks at the state when the program has
 * ended. */
void stopped_evaluate(const char *code, stopped_test *evaluate, void (*after)(lua_State *L));

/* How often the program has stopped so far, from 1. */
int stopped_count(void);

/* The body of the answer to a request with these arguments (printf's format, ' for "), which must
   succeed. Lives until the test ends. */
cJSON *ask(struct stop *stop, const char *command, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The words of a request that must be refused. */
const char *refusal(struct stop *stop, const char *command, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Frame `level` of the stopped thread: its id. */
int frame_id(struct stop *stop, int level);

/* The variables of the scope with this name in that frame; NULL if there is no such scope. */
cJSON *scope(struct stop *stop, int level, const char *name);

/* The variables below a variable. */
cJSON *children(struct stop *stop, const cJSON *variable);

/* Variable `name` of a list, NULL if it is not there; a member of an object. */
cJSON *named(const cJSON *variables, const char *name);
const char *text(const cJSON *object, const char *member);
int number(const cJSON *object, const char *member);

/* The names of a list, joined by spaces. */
const char *names(const cJSON *variables);

/* The answer to evaluating in frame `level`; NULL if it is refused. */
cJSON *evaluation(struct stop *stop, int level, const char *context, const char *expression);

/* Its result, or the words of the refusal: in the console, and on hover in frame 0. */
const char *result(struct stop *stop, int level, const char *expression);
const char *hovered(struct stop *stop, const char *expression);

/* The CPU time of this process so far, in seconds: to be compared with that of something else done
   here and now, never with a figure. */
double cpu_seconds(void);

/* Bytes in use, as the collector counts. */
size_t bytes_in_use(lua_State *L);

#endif
