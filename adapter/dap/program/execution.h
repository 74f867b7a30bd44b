/* SPDX-License-Identifier: MIT */
/*
 * execution: a program runs, stops and goes on.
 */
#ifndef LUAHEAT_DAP_EXECUTION_H
#define LUAHEAT_DAP_EXECUTION_H

#include "program.h"

/* Its process is there: answers the request that has waited for it. Of a host, which may come to
   its Lua much later, before it runs. */
void execution_announce(struct program *program);

/* It is PROGRAM_READY: it runs, and the request that has waited for that is answered. */
void execution_run(struct program *program);

/* A program that counts as running though its runtime was not there: now it is told to. */
void execution_heard(struct program *program);

/* Has the runtime do what the request of a stopped program says (continue, next, ...). */
void execution_resume(struct request *request);

/* Has a running program stopped, as soon as it can. */
void execution_pause(struct request *request);

/* The runtime's event: the program has stopped. */
void execution_stopped(struct program *program, const cJSON *body);

/* A stopped program goes on without having been told to; or its user takes it so. */
void execution_say_continued(const struct program *program);

/* Tells the client that the program's first thread has "started" or "exited". */
void execution_say_thread(const struct program *program, const char *reason);

/* The client is told of a thread of this number. */
void execution_note_thread(struct program *program, const cJSON *id);

#endif
