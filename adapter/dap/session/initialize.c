/* SPDX-License-Identifier: MIT */
#include "manual.h"
#include "measurements.h"
#include "requests.h"
#include "session.h"
#include "values.h"

#include <string.h>

static struct client_features read_features(struct arguments *arguments) {
    return (struct client_features){
        .progress = arguments_flag(arguments, "supportsProgressReporting", false),
        .invalidated = arguments_flag(arguments, "supportsInvalidatedEvent", false),
        .memory = arguments_flag(arguments, "supportsMemoryEvent", false),
        .ansi = arguments_flag(arguments, "supportsANSIStyling", false),
    };
}

/* What `format` of luaheat/export may be. */
static void add_export_formats(cJSON *capabilities) {
    cJSON *own = cJSON_GetObjectItemCaseSensitive(capabilities, "luaheat");
    cJSON *formats = cJSON_AddArrayToObject(own, "exportFormats");
    for (const char *const *name = manual_export_formats; *name != NULL; name++)
        cJSON_AddItemToArray(formats, cJSON_CreateString(*name));
}

/* Once the client has the capabilities it may configure: nothing of that needs the program. */
static void initialize(struct session *session, struct request *request) {
    struct arguments *arguments = &request->arguments;
    arguments->error = ERROR_BAD_CLIENT;
    bool lines_start_at_1 = arguments_flag(arguments, "linesStartAt1", true);
    bool columns_start_at_1 = arguments_flag(arguments, "columnsStartAt1", true);
    struct client_features features = read_features(arguments);
    if (strcmp(arguments_string(arguments, "pathFormat", "path"), "path") != 0)
        arguments_reject(arguments, "Luaheat knows sources by 'pathFormat' \"path\" only");
    if (arguments->problem != NULL)
        return;
    session->client.positions = (struct positions){!lines_start_at_1, !columns_start_at_1};
    session->features = features;
    session->state = STATE_CONFIGURING;
    cJSON *capabilities = request_capabilities(requests_tables);
    exceptions_add_filters(capabilities);
    values_add_capabilities(capabilities);
    measurements_add_modes(capabilities);
    add_export_formats(capabilities);
    client_respond(&session->client, &request->ticket, capabilities);
    client_event(&session->client, "initialized", NULL);
}

const struct request_entry initialize_requests[] = {
    {"initialize", STATE_NEW, initialize, {NULL}},
    {NULL},
};
