/* SPDX-License-Identifier: MIT */
#include "execution.h"

#include "alloc.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

/* ---- it runs ---- */

static void send_process_event(const struct program *program) {
    const struct launch_settings *settings = program->settings;
    bool attached = settings->attach != NULL;
    const char *launched = settings->program != NULL ? settings->program : settings->interpreter;
    char *name = attached ? alloc_text(program->attached.name) : program_shown_path(launched);
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "name", name);
    if (program->pid != 0)
        cJSON_AddNumberToObject(body, "systemProcessId", program->pid);
    cJSON_AddTrueToObject(body, "isLocalProcess");
    cJSON_AddStringToObject(body, "startMethod", attached ? "attach" : "launch");
    cJSON_AddNumberToObject(body, "pointerSize", 8 * sizeof(void *));
    client_event(program->owner->client, "process", body);
    free(name);
}

void execution_say_thread(const struct program *program, const char *reason) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(body, "reason", reason);
    cJSON_AddNumberToObject(body, "threadId", 1);
    client_event(program->owner->client, "thread", body);
}

void execution_announce(struct program *program) {
    if (program->ticket.command != NULL)
        client_respond(program->owner->client, &program->ticket, NULL);
    send_process_event(program);
    program->announced = true;
}

static void send_configuration_done(struct program *program) {
    const struct launch_settings *settings = program->settings;
    cJSON *arguments = alloc_checked(cJSON_CreateObject());
    cJSON_AddBoolToObject(arguments, "stopOnEntry", settings->stop_on_entry && !settings->no_debug);
    if (settings->no_debug)
        cJSON_AddTrueToObject(arguments, "noDebug");
    if (program->owner->client->features.ansi)
        cJSON_AddTrueToObject(arguments, "ansi");
    program_tell(program, "configurationDone", arguments);
}

/* The runtime does nothing before it is told to, so the events come before whatever the program
   does. */
void execution_run(struct program *program) {
    program_enter(program, PROGRAM_RUNNING);
    if (!program->announced)
        execution_announce(program);
    execution_say_thread(program, "started");
    if (program->settings->console != CONSOLE_INTERNAL &&
        !program->owner->client->features.terminals)
        program_say(program, "console",
                    "This editor opens no terminal for the program ('console'): its output appears "
                    "here, and its standard input is empty\n");
    if (!program_is_silent(program))
        send_configuration_done(program);
    heat_map_runs(&program->heat);
}

void execution_heard(struct program *program) {
    send_configuration_done(program);
    if (program->attached.pause_asked)
        program_tell(program, "pause", NULL);
    program->attached.pause_asked = false;
}

/* ---- it goes on ---- */

struct resumption {
    struct program *program;
    struct client_ticket ticket;
};

/* Only `continue` has one in DAP, and there it must be. */
static cJSON *resumed_body(const struct client_ticket *ticket) {
    if (strcmp(ticket->command, "continue") != 0)
        return NULL;
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddTrueToObject(body, "allThreadsContinued");
    return body;
}

static void on_resumed(void *data, struct runtime_reply *reply) {
    struct resumption *resumption = data;
    struct program *program = resumption->program;
    struct client *client = program->owner->client;
    if (reply->success) {
        heat_map_resumed(&program->heat);
        client_respond(client, &resumption->ticket, resumed_body(&resumption->ticket));
    } else {
        if (!reply->ended && program->state == PROGRAM_RUNNING) {
            program_enter(program, PROGRAM_STOPPED);
            heat_map_stays(&program->heat);
        }
        forwarding_refuse(client, &resumption->ticket, reply);
    }
    free(resumption);
}

/* From here on the program counts as running, so that a second resume on its way is refused. */
void execution_resume(struct request *request) {
    struct program *program = request->program;
    heat_map_resuming(&program->heat);
    program_enter(program, PROGRAM_RUNNING);
    struct resumption *resumption = alloc_zeroed(1, sizeof *resumption);
    *resumption = (struct resumption){program, request->ticket};
    runtime_link_send(&program->link, request->ticket.command,
                      cJSON_Duplicate(request->arguments.object, true), on_resumed, resumption);
}

/* ---- it stops ---- */

/* The stop may take its time (the program may sit in a C function), its answer does not. */
void execution_pause(struct request *request) {
    struct program *program = request->program;
    if (program->settings->no_debug) {
        client_refuse(request->client, &request->ticket, ERROR_NOT_DEBUGGED, NULL,
                      "A program launched with 'noDebug' cannot be paused");
        return;
    }
    if (!program->link.open) {
        client_refuse(request->client, &request->ticket, ERROR_RUNTIME, NULL,
                      "The program has closed the debugger's descriptor and cannot be paused");
        return;
    }
    client_respond(request->client, &request->ticket, NULL);
    if (program_is_silent(program))
        program->attached.pause_asked = true;
    else
        program_tell(program, "pause", cJSON_Duplicate(request->arguments.object, true));
}

void execution_note_thread(struct program *program, const cJSON *id) {
    int64_t number;
    if (message_integer(id, &number) && number > program->last_thread)
        program->last_thread = number;
}

void execution_say_continued(const struct program *program) {
    cJSON *body = alloc_checked(cJSON_CreateObject());
    cJSON_AddNumberToObject(body, "threadId", 1);
    cJSON_AddTrueToObject(body, "allThreadsContinued");
    client_event(program->owner->client, "continued", body);
}

static void send_stopped(struct program *program, const cJSON *body) {
    cJSON *stop = alloc_checked(body != NULL ? cJSON_Duplicate(body, true) : cJSON_CreateObject());
    cJSON_DeleteItemFromObjectCaseSensitive(stop, "allThreadsStopped");
    cJSON_AddTrueToObject(stop, "allThreadsStopped");
    execution_note_thread(program, cJSON_GetObjectItemCaseSensitive(stop, "threadId"));
    client_event(program->owner->client, "stopped", stop);
}

/* What was printed before the stop is shown before it. */
void execution_stopped(struct program *program, const cJSON *body) {
    if (program->state != PROGRAM_RUNNING) {
        log_remark(program->owner->log, LOG_LINK, "a stop of a program that does not run");
        return;
    }
    program_take_output(program, false);
    program_enter(program, PROGRAM_STOPPED);
    invalidation_forget(&program->forwarding.invalidation);
    send_stopped(program, body);
    program_take_figures(program);
    heat_map_stopped(&program->heat);
}
