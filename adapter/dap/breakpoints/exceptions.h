/* SPDX-License-Identifier: MIT */
/*
 * exceptions: the filters of errors that stop the program. The session keeps what the client asked
 * for, so that a program that starts later gets it.
 */
#ifndef LUAHEAT_DAP_EXCEPTIONS_H
#define LUAHEAT_DAP_EXCEPTIONS_H

#include <cjson/cJSON.h>

struct session;

/* What the client asked for last; all zero: nothing. */
struct exceptions {
    cJSON *asked;
};

/* Adds the filters to the capabilities. */
void exceptions_add_filters(cJSON *capabilities);

/* There is a runtime now: tells it. */
void exceptions_send(struct session *session);

void exceptions_finish(struct exceptions *exceptions);

#endif
