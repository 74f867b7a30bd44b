/* SPDX-License-Identifier: MIT */
/*
 * output: one output stream of the program, read and handed on as text in whole lines. A line that
 * the program leaves unfinished (a prompt) is handed on after a moment of silence.
 */
#ifndef LUAHEAT_DAP_OUTPUT_H
#define LUAHEAT_DAP_OUTPUT_H

#include "loop_handles.h"
#include "output_lines.h"

#include <stdbool.h>
#include <uv.h>

#define OUTPUT_SILENCE_MS 50

/* text is valid until the function returns. */
typedef void output_function(void *data, const char *category, const char *text);

struct output {
    uv_pipe_t pipe;
    uv_timer_t silence;
    uv_timer_t rest;   /* from reading */
    uint64_t reads_at; /* the loop's time, ms ... */
    unsigned reads;    /* ... and how often was read then */
    struct loop_handles *handles;
    const char *category; /* DAP's: "stdout", "stderr" */
    output_function *show;
    void *data;
    bool open, paused;
    struct output_lines lines;
    char chunk[16384];
};

/* The pipe may then be given to debuggee_start(). The end of the stream closes the handles. */
int output_init(struct output *output, struct loop_handles *handles, const char *category,
                output_function *show, void *data);

/* Starts reading, once the pipe is connected. */
void output_start(struct output *output);

/* Leaves the bytes in the pipe, so that the program waits when it has filled; and goes on. */
void output_pause(struct output *output);
void output_resume(struct output *output);

/* Hands on what the program has printed so far, unfinished lines included. `final`: the program is
   gone. Never waits: another process may hold the pipe open. */
void output_drain(struct output *output, bool final);

/* Closes the handles and frees memory; nothing is shown. All zero is fine. */
void output_finish(struct output *output);

#endif
