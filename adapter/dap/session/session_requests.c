/* SPDX-License-Identifier: MIT */
/*
 * session requests: client and server tell each other what they can do; a program is launched,
 * configured, restarted and ended; the client goes.
 */
#include "alloc.h"
#include "attach_settings.h"
#include "capabilities.h"
#include "ending.h"
#include "path_settings.h"
#include "request_tables.h"
#include "session.h"
#include "unknown_attributes.h"

#include <string.h>

/* ---- initialize ---- */

static struct client_features read_features(struct arguments *arguments) {
    return (struct client_features){
        .progress = arguments_flag(arguments, "supportsProgressReporting", false),
        .invalidated = arguments_flag(arguments, "supportsInvalidatedEvent", false),
        .memory = arguments_flag(arguments, "supportsMemoryEvent", false),
        .ansi = arguments_flag(arguments, "supportsANSIStyling", false),
        .terminals = arguments_flag(arguments, "supportsRunInTerminalRequest", false),
        .sessions = arguments_flag(arguments, "supportsStartDebuggingRequest", false),
    };
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
    client_respond(request->client, &request->ticket, capabilities_json(request->session->tables));
    session_initialized(request->session);
}

/* ---- its program ---- */

/* One that we launched cannot outlive us, so only here there is a choice. To one that comes to us
   another debugger could not come. */
static void offer_ways_to_leave(struct client *client, const struct attach_settings *settings) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON *capabilities = cJSON_AddObjectToObject(body, "capabilities");
    cJSON_AddTrueToObject(capabilities, "supportTerminateDebuggee");
    if (settings->listen == NULL)
        cJSON_AddTrueToObject(capabilities, "supportSuspendDebuggee");
    client_event(client, "capabilities", body);
}

static void take_paths(struct request *request, struct source_paths *paths, bool wanted) {
    if (wanted)
        path_settings_apply(paths, &request->client->paths, request->configuration);
    else
        source_paths_finish(paths);
}

typedef struct launch_settings *settings_reader(struct arguments *arguments);

static void begin(struct request *request, settings_reader *read) {
    struct arguments *arguments = &request->arguments;
    if (request->program != NULL) {
        client_refuse(request->client, &request->ticket, ERROR_WRONG_STATE, NULL,
                      request->program->settings->attach != NULL
                          ? "The program has already been attached to"
                          : "The program has already been launched");
        return;
    }
    arguments->error = ERROR_BAD_CONFIGURATION;
    arguments_string(arguments, "token", NULL); /* which has let the client in */
    struct source_paths paths;
    path_settings_read(&paths, arguments);
    struct launch_settings *settings = read(arguments);
    unknown_attributes_tell(arguments, &request->session->console);
    take_paths(request, &paths, settings != NULL);
    if (settings == NULL)
        return;
    if (settings->attach != NULL)
        offer_ways_to_leave(request->client, settings->attach);
    session_launch(request->session, settings, &request->ticket);
}

static void launch(struct request *request) {
    begin(request, launch_settings_read);
}

static void attach(struct request *request) {
    begin(request, launch_settings_read_attach);
}

/* Also legal when the launch has failed meanwhile: editors send both at once. */
static void configuration_done(struct request *request) {
    client_respond(request->client, &request->ticket, NULL);
    session_configured(request->session);
}

/* NULL, if there is no problem: it is launched as before. */
static struct launch_settings *read_settings(struct request *request) {
    struct arguments *arguments = &request->arguments;
    const cJSON *object = arguments_object(arguments, "arguments");
    if (object == NULL || object->child == NULL)
        return NULL;
    struct arguments of_launch = arguments_of(object);
    arguments_string(&of_launch, "token", NULL);
    struct source_paths paths;
    path_settings_read(&paths, &of_launch);
    bool attached = request->program->settings->attach != NULL;
    struct launch_settings *settings =
        attached ? launch_settings_read_attach(&of_launch) : launch_settings_read(&of_launch);
    take_paths(request, &paths, settings != NULL);
    unknown_attributes_tell(&of_launch, &request->session->console);
    if (of_launch.problem != NULL) {
        arguments->error = ERROR_BAD_CONFIGURATION;
        arguments_reject(arguments, "In 'arguments': %s", of_launch.problem);
    }
    arguments_finish(&of_launch);
    return settings;
}

static void restart(struct request *request) {
    struct launch_settings *settings = read_settings(request);
    if (request->arguments.problem == NULL)
        session_restart(request->session, settings, &request->ticket);
}

/* ---- the end ---- */

static void terminate(struct request *request) {
    client_respond(request->client, &request->ticket, NULL);
    session_terminate(request->session);
}

static bool is_attached_to(const struct program *program) {
    return program != NULL && program->settings->attach != NULL &&
           program->state & (PROGRAM_RUNNING | PROGRAM_STOPPED);
}

/* It would go on, if it cannot be told. */
static void leave_suspended(struct request *request) {
    if (ending_can_detach(request->program))
        session_suspend(request->session, &request->ticket);
    else
        client_refuse(request->client, &request->ticket, ERROR_WRONG_STATE, NULL,
                      "The program is not running Lua code now, so it cannot be left suspended; "
                      "without that it can be left");
}

/* Only one that was attached to can outlive us: the streams and the link of one that we launched
   end with us. */
static void disconnect(struct request *request) {
    struct arguments *arguments = &request->arguments;
    bool terminate_attached = arguments_flag(arguments, "terminateDebuggee", false);
    bool suspend = arguments_flag(arguments, "suspendDebuggee", false);
    if (terminate_attached && suspend)
        arguments_reject(arguments, "A program cannot be ended ('terminateDebuggee') and be left "
                                    "suspended ('suspendDebuggee')");
    if (arguments->problem != NULL)
        return;
    if (suspend && is_attached_to(request->program))
        leave_suspended(request);
    else
        session_disconnect(request->session, &request->ticket, terminate_attached);
}

/* ANSI: what the program prints keeps its colours. */
const struct request_entry session_requests[] = {
    {"initialize", STATE_NEW, initialize, {NULL}},
    {"launch", STATE_CONFIGURING, launch, {"supportsANSIStyling"}},
    {"attach", STATE_CONFIGURING, attach, {NULL}},
    {"configurationDone",
     STATE_CONFIGURING | STATE_ENDED,
     configuration_done,
     {"supportsConfigurationDoneRequest"}},
    {"restart", STATE_RUNNING | STATE_STOPPED, restart, {"supportsRestartRequest"}},
    {"terminate", STATE_INITIALIZED, terminate, {"supportsTerminateRequest"}},
    {"disconnect", STATE_ANY, disconnect, {NULL}},
    {NULL},
};
