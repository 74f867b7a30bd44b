/* SPDX-License-Identifier: MIT */
/*
 * initialize: what the client can do with, and what we can do.
 */
#include "exception_filters.h"
#include "export_requests.h"
#include "inspection.h"
#include "request_tables.h"
#include "session.h"
#include "set_breakpoints.h"

#include <string.h>

static struct client_features read_features(struct arguments *arguments) {
    return (struct client_features){
        .progress = arguments_flag(arguments, "supportsProgressReporting", false),
        .invalidated = arguments_flag(arguments, "supportsInvalidatedEvent", false),
        .memory = arguments_flag(arguments, "supportsMemoryEvent", false),
        .ansi = arguments_flag(arguments, "supportsANSIStyling", false),
    };
}

static cJSON *describe_us(const struct session *session) {
    cJSON *capabilities = request_capabilities(session->tables);
    exception_filters_add(capabilities);
    inspection_add_capabilities(capabilities);
    set_breakpoints_add_modes(capabilities);
    export_requests_add_formats(capabilities);
    return capabilities;
}

/* Once the client has the capabilities it may configure: nothing of that needs the program. */
static void initialize(struct request *request) {
    struct arguments *arguments = &request->arguments;
    arguments->error = ERROR_BAD_CLIENT;
    bool lines_start_at_1 = arguments_flag(arguments, "linesStartAt1", true);
    bool columns_start_at_1 = arguments_flag(arguments, "columnsStartAt1", true);
    struct client_features features = read_features(arguments);
    if (strcmp(arguments_string(arguments, "pathFormat", "path"), "path") != 0)
        arguments_reject(arguments, "Luaheat knows sources by 'pathFormat' \"path\" only");
    if (arguments->problem != NULL)
        return;
    request->client->positions = (struct positions){!lines_start_at_1, !columns_start_at_1};
    request->client->features = features;
    request->session->phase = SESSION_OPEN;
    client_respond(request->client, &request->ticket, describe_us(request->session));
    client_event(request->client, "initialized", NULL);
}

const struct request_entry initialize_requests[] = {
    {"initialize", STATE_NEW, initialize, {NULL}},
    {NULL},
};
