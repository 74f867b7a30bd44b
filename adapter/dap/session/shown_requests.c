/* SPDX-License-Identifier: MIT */
/*
 * shown: luaheat/outputShown, how much of what is printed the client has shown.
 */
#include "request_tables.h"

/* The answer lets what waits go on, once it has left. */
static void output_shown(struct request *request) {
    struct arguments *arguments = &request->arguments;
    int64_t count = arguments_integer(arguments, "count", -1, 0, MESSAGE_MAX_INTEGER);
    if (arguments->problem == NULL && !client_has_shown(request->client, count))
        arguments_reject(arguments, "'count' must be how many events 'output' have been shown");
    if (arguments->problem == NULL)
        client_respond(request->client, &request->ticket, NULL);
}

const struct request_entry shown_requests[] = {
    {"luaheat/outputShown", STATE_INITIALIZED, output_shown, {"luaheat/outputShown"}},
    {NULL},
};
