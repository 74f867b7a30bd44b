/* SPDX-License-Identifier: MIT */
#include "program.h"

#include "alloc.h"
#include "contract_check.h"
#include "text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static unsigned successors(enum program_state state) {
    switch (state) {
    case PROGRAM_STARTING:
        return PROGRAM_READY | PROGRAM_ENDING | PROGRAM_GONE;
    case PROGRAM_READY:
        return PROGRAM_RUNNING | PROGRAM_ENDING | PROGRAM_GONE;
    case PROGRAM_RUNNING:
        return PROGRAM_STOPPED | PROGRAM_ENDING | PROGRAM_GONE;
    case PROGRAM_STOPPED:
        return PROGRAM_RUNNING | PROGRAM_ENDING | PROGRAM_GONE;
    case PROGRAM_ENDING:
        return PROGRAM_GONE;
    case PROGRAM_GONE:
        return 0;
    }
    return 0;
}

void program_enter(struct program *program, enum program_state state) {
    unsigned allowed = successors(program->state);
    assert(allowed & state);
    (void)allowed;
    if (program->state == PROGRAM_RUNNING)
        wakeup_stop_watching(&program->wakeup);
    program->state = state;
}

/* ---- what may be asked ---- */

const char program_not_running_lua[] =
    "The program is not running Lua code now; what it is asked takes effect when it does";

bool program_is_silent(const struct program *program) {
    return program->settings->attach != NULL && !program->attached.heard;
}

bool program_is_unjoined(const struct program *program) {
    return program != NULL && program->announced && program->state == PROGRAM_STARTING;
}

const char *program_obstacle(const struct program *program, const char **reason) {
    *reason = "failed";
    if (program != NULL && program->state & (PROGRAM_ENDING | PROGRAM_GONE))
        return "The program has ended";
    if (program != NULL && program->settings->no_debug)
        return "The program runs without debugging ('noDebug')";
    if (program != NULL && program_is_silent(program)) {
        *reason = "pending";
        return program->state == PROGRAM_RUNNING ? program_not_running_lua
                                                 : "The program has not been attached to yet";
    }
    if (program_is_unjoined(program)) {
        *reason = "pending";
        return "Nothing in the program has loaded the debugger yet";
    }
    if (program != NULL && program->link.open)
        return NULL;
    if (program != NULL && program->state & (PROGRAM_RUNNING | PROGRAM_STOPPED))
        return "The program has closed the debugger's descriptor";
    *reason = "pending";
    return "The program has not been launched yet";
}

bool program_can_be_asked(const struct program *program) {
    const char *reason;
    return program_obstacle(program, &reason) == NULL;
}

void program_tell(struct program *program, const char *command, cJSON *arguments) {
    runtime_link_send(&program->link, command, arguments, NULL, NULL);
}

void program_take_figures(struct program *program) {
    heat_map_take(&program->heat);
    if (program->heat.on)
        program_tell(program, "figuresRead", NULL);
}

static void answer_for_silent(const struct request *request, cJSON *without) {
    if (without != NULL)
        client_respond(request->client, &request->ticket, without);
    else
        forwarding_refuse_idle(request->client, &request->ticket);
}

void program_forward_with(struct request *request, cJSON *arguments,
                          forwarding_amend_function *amend, cJSON *without) {
    if (program_is_silent(request->program)) {
        cJSON_Delete(arguments);
        answer_for_silent(request, without);
        return;
    }
    const struct forwarding_answer answer = {amend, request->program, without};
    forwarding_send(&request->program->forwarding, request, request->ticket.command, arguments,
                    answer);
}

void program_ask(struct request *request, const char *command, cJSON *arguments,
                 forwarding_amend_function *amend) {
    const struct forwarding_answer answer = {amend, request->program, NULL};
    forwarding_send(&request->program->forwarding, request, command, arguments, answer);
}

void program_forward_amended(struct request *request, forwarding_amend_function *amend) {
    const struct contract_request *contract = contract_find_request(request->ticket.command);
    const cJSON *arguments = request->arguments.object;
    char problem[CONTRACT_PROBLEM_BYTES];
    if (contract_check(contract->arguments, arguments, problem))
        program_forward_with(request, cJSON_Duplicate(arguments, true), amend, NULL);
    else
        arguments_reject(&request->arguments, "%s", problem);
}

void program_forward(struct request *request) {
    program_forward_amended(request, NULL);
}

/* ---- what the client reads ---- */

void program_refuse(struct program *program, enum error_id id, const char *text) {
    if (!(program->state & (PROGRAM_STARTING | PROGRAM_READY)))
        return;
    if (!program->announced && program->ticket.command != NULL) {
        client_refuse(program->owner->client, &program->ticket, id, NULL, text);
        return;
    }
    char *line = alloc_printed("%s\n", text);
    program_say(program, "important", line);
    free(line);
}

char *program_shown_path(const char *path) {
    char *real = realpath(path, NULL);
    const char *found = real != NULL ? real : path;
    char *text = alloc_checked(text_escape(found, strlen(found)));
    free(real);
    return text;
}

void program_say(const struct program *program, const char *category, const char *text) {
    debug_console_show(program->owner->console, category, text);
}

void program_print(void *data, const char *category, const char *text) {
    struct program *program = data;
    debug_console_show(program->owner->console, category, text);
    if (client_is_behind(program->owner->client)) {
        output_pause(&program->out);
        output_pause(&program->err);
    }
}

void program_take_output(struct program *program, bool final) {
    output_drain(&program->out, final);
    output_drain(&program->err, final);
    debug_console_flush(program->owner->console);
}

static void let_printer_go_on(struct program *program) {
    if (!program->printer_waits || client_is_behind(program->owner->client))
        return;
    program->printer_waits = false;
    program_tell(program, "outputShown", NULL);
}

void program_hold_printer(struct program *program) {
    program->printer_waits = true;
    let_printer_go_on(program);
}

void program_resume_output(struct program *program) {
    if (client_is_behind(program->owner->client))
        return;
    output_resume(&program->out);
    output_resume(&program->err);
    let_printer_go_on(program);
}
