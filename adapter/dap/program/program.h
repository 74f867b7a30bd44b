/* SPDX-License-Identifier: MIT */
/*
 * program: one Lua program that is debugged: its process, the link to the runtime in it, its two
 * outputs, its figures, what it has still to answer, and how far it has come. What is true of one
 * program and not of the next stands here; what the client wants of any is the session's
 * (breakpoints/configuration.h).
 *
 * Here are its states and what may be asked in them. Its life is told from the outside in:
 * starting.h makes it, runtime_events.h hears what it says, ending.h ends it, execution.h lets it
 * run and stop. Each knows those after it only.
 *
 * One that is attached to (settings->attach) is begun by attaching.h instead, and `debuggee` stays
 * NULL. All but ending.h asks the link and the state, never the process; there the end of the link
 * is its end, and to kill is to let go. It may run no Lua code for a long time, and its runtime is
 * there only once it does: until then it is silent, and counts as running.
 *
 * Restarted is a program by another that takes its place (session/session.h). What it starts is
 * debugged in sessions of their own (session/children.h).
 */
#ifndef LUAHEAT_DAP_PROGRAM_H
#define LUAHEAT_DAP_PROGRAM_H

#include "debug_console.h"
#include "forwarding.h"
#include "heat_map.h"
#include "launch_settings.h"
#include "loop_handles.h"
#include "output.h"
#include "runtime_link.h"
#include "wakeup.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* Which follow which: program_enter(). A request that asked for it waits until it runs. */
enum program_state {
    PROGRAM_STARTING = 1, /* its runtime has not said that it is there; no process may be, yet */
    PROGRAM_READY = 2,    /* it is loaded, and waits to be run */
    PROGRAM_RUNNING = 4,  /* also without us: it has closed its end of the link */
    PROGRAM_STOPPED = 8,  /* and can be looked at */
    PROGRAM_ENDING = 16,  /* we do not talk to it any more, its process may be there still */
    PROGRAM_GONE = 32,    /* there is no process; its figures can be read */
};

/* Whom a program belongs to, for as long as it is there: what it works with, and who is told. */
struct program_owner {
    uv_loop_t *loop;
    struct log *log;
    struct client *client;
    struct debug_console *console;
    void *data;
    void (*on_heard)(void *data, struct program *program);  /* its runtime can be told things */
    void (*on_ready)(void *data, struct program *program);  /* PROGRAM_READY: execution_run() */
    void (*on_failed)(void *data, struct program *program); /* it will never run, and whoever asked
                                                               for it has been told why */
    void (*on_gone)(void *data, struct program *program);   /* its process has ended; it may be
                                                               destroyed */
    void (*on_kept)(void *data, struct program *program,
                    const struct runtime_reply *reply); /* it was to be left suspended, and its
                                                           runtime does not do that */
};

struct approach;

struct program {
    const struct program_owner *owner;
    enum program_state state;
    struct launch_settings *settings;
    struct client_ticket ticket; /* of the request that waits until it runs; without a command:
                                    nobody has asked for it */
    struct loop_handles handles;
    struct debuggee *debuggee;   /* NULL: we have started no process */
    struct meeting_place *place; /* where one that somebody else starts is awaited; NULL: nowhere */
    struct outsider *outsider;   /* the process of such a one; NULL: none is known */
    int life; /* what it ends with, as long as we hold it: meeting.h; -1: nothing */
    int pid;  /* 0: unknown */
    struct {
        struct approach *approach; /* approach.h; NULL: it is not being looked for */
        char *name;                /* what to call it; NULL: it has not been met */
        bool heard;                /* its runtime has said that it is there */
        bool pause_asked;          /* meanwhile */
        bool turned_away;          /* it does not let us in */
        uint64_t lost_at;          /* ms of the loop's clock: when its link has ended */
        int progress;              /* number of the one that shows that it is waited for; 0: none */
    } attached;                    /* of one that is attached to */
    struct runtime_link link;
    struct forwarding forwarding;
    struct wakeup wakeup;
    struct output out, err;
    struct heat_map heat;
    int64_t last_thread;  /* the highest number of a thread that the client has been told */
    bool printer_waits;   /* until what a breakpoint has printed is shown */
    bool announced;       /* the client knows of its process, and waits no more */
    bool asked_to_end;    /* by the user; it runs or stands until it does */
    uv_timer_t start;     /* what is started may be no luaheat-lua, and never become ready */
    uv_timer_t force;     /* if it does not end though it was asked to, it is killed */
    uv_timer_t link_lost; /* if its link has ended it should have, too */
    int told_exit;        /* the exit code that it has last said it ends with; -1: none */
    struct {
        int64_t code;
        int signal; /* 0: none */
        bool ran;   /* it ever did */
        bool stood; /* it was stopped when it went, and the client has it so */
        bool known; /* else nobody but its parent knows how, or whether, it has ended */
    } exit;         /* of one that is PROGRAM_GONE */
};

/* The next state, which must be one that may follow. */
void program_enter(struct program *program, enum program_state state);

/* A host in which nothing has loaded the debugger yet. */
bool program_is_unjoined(const struct program *program);

/* Why the runtime cannot be asked anything; NULL if it can (it answers once it is ready). *reason:
   DAP's word for it. program: NULL: there is none yet. */
const char *program_obstacle(const struct program *program, const char **reason);
bool program_can_be_asked(const struct program *program);

/* What an answer can say that comes without the runtime. */
extern const char program_not_running_lua[];

/* It was attached to, and its runtime has not said that it is there: nothing can be said to it. */
bool program_is_silent(const struct program *program);

/* Sends the runtime a command that no client waits for; see runtime_link_send(). */
void program_tell(struct program *program, const char *command, cJSON *arguments);

/* Keeps the figures of a moment (heat_map_take), for which the program waits (link/link.h), and
   tells it to go on. */
void program_take_figures(struct program *program);

/* Has the request answered by the runtime of its program; or rejects its arguments, if the contract
   of the link (link/contract.h) wants others. A request_function for those of which that is all. */
void program_forward(struct request *request);

/* The same, and amends the answer; amend gets the program. */
void program_forward_amended(struct request *request, forwarding_amend_function *amend);

/* Sends other arguments, which the contract must allow. `without`: forwarding.h. Takes both. */
void program_forward_with(struct request *request, cJSON *arguments,
                          forwarding_amend_function *amend, cJSON *without);

/* Asks the runtime of a stopped program something else than the client has asked, from which
   `amend` makes the answer. Takes the arguments. */
void program_ask(struct request *request, const char *command, cJSON *arguments,
                 forwarding_amend_function *amend);

/* If a request still waits for it to run it is refused. If none does (any more) the user reads
   why it does not. */
void program_refuse(struct program *program, enum error_id id, const char *text);

/* A file's absolute path as text: a link may lead to a name that is no UTF-8. The caller's to
   free(). */
char *program_shown_path(const char *path);

/* Shows a line of ours to the user; category: debug_console.h. */
void program_say(const struct program *program, const char *category, const char *text);

/* An output_function for what it prints; data is the program. It waits while the client is slow. */
void program_print(void *data, const char *category, const char *text);

/* What it has printed so far reaches the client before what is said next. `final`: it is gone. */
void program_take_output(struct program *program, bool final);

/* A breakpoint has printed: the program waits until that is shown, and while the client is slow. */
void program_hold_printer(struct program *program);

/* The client has taken what was on its way to it. */
void program_resume_output(struct program *program);

#endif
