/* SPDX-License-Identifier: MIT */
/*
 * errors: the numbers of the errors we answer (body.error.id). Users and other programs may look
 * for them, so a number never changes its meaning.
 */
#ifndef LUAHEAT_DAP_ERRORS_H
#define LUAHEAT_DAP_ERRORS_H

#include <stdbool.h>

enum error_id {
    ERROR_BAD_MESSAGE = 1001, /* not a request as DAP has them */
    ERROR_UNKNOWN_REQUEST = 1002,
    ERROR_WRONG_STATE = 1003, /* the request is fine, but not now */
    ERROR_BAD_ARGUMENTS = 1004,
    ERROR_RUNTIME = 1005,       /* the runtime refused, in its words */
    ERROR_PROGRAM_ENDED = 1006, /* before the runtime answered */
    ERROR_STALE_REFERENCE = 1007,
    ERROR_CANCELLED = 1008,
    ERROR_TOO_LARGE = 1009, /* the answer, for a message */

    ERROR_BAD_CLIENT = 2001,        /* initialize asks for what we do not speak */
    ERROR_BAD_CONFIGURATION = 2002, /* the arguments of launch or attach */
    ERROR_NO_INTERPRETER = 2003,
    ERROR_START_FAILED = 2004,       /* the system could not start the program */
    ERROR_PROGRAM_UNLOADABLE = 2005, /* Lua cannot load it: a syntax error, say */
    ERROR_NOT_DEBUGGED = 2006,       /* not possible with noDebug */
    ERROR_CANNOT_ATTACH = 2007,      /* nobody is there, or does not let us in */
    ERROR_NOT_ADMITTED = 2020,       /* the token is missing or wrong, or there are too many */

    ERROR_MEMORY_OFF = 3001,
    ERROR_CANNOT_EXPORT = 3002, /* the file cannot be written */
};

/* Should the editor put it before the user, who did not ask for it? Only what stops a launch:
   editors ask for the rest by themselves at every stop. */
static inline bool error_is_shown(enum error_id id) {
    return id >= ERROR_BAD_CLIENT && id <= ERROR_NOT_ADMITTED;
}

#endif
