/* SPDX-License-Identifier: MIT */
/*
 * session: one client, what it wants of its programs, and those: today one at a time. Here they are
 * begun, followed by another and ended, and the session with them. What a program is, and how
 * another kind of it would fit: program/program.h.
 *
 * A restart makes a new program with the settings of the old one or others. From then on it is the
 * one that requests are about, so the session is being configured again; its process begins when
 * the old one's has ended, which is told as the end of its thread, never as that of the session.
 *
 * The end of a program is reported once: by its process, or because it could not be run. After it
 * the client may still look at figures; the session ends when the client says so or has gone, and
 * takes a program that still runs with it.
 *
 * One that was attached to is no program of ours: it is let go, never killed. If the client wants
 * so ("restart"), whenever it has gone the one that takes its place is waited for, without an end.
 */
#ifndef LUAHEAT_DAP_SESSION_H
#define LUAHEAT_DAP_SESSION_H

#include "client.h"
#include "configuration.h"
#include "debug_console.h"
#include "framing.h"
#include "log.h"
#include "program.h"
#include "request.h"
#include "stream.h"

#include <uv.h>

enum session_phase {
    SESSION_NEW,     /* initialize has not been asked */
    SESSION_OPEN,    /* a program is to come or there */
    SESSION_ENDED,   /* the client has been told that there is none any more */
    SESSION_CLOSING, /* nothing is received or said any more */
};

struct admission; /* admission/admission.h */

struct session {
    uv_loop_t loop;
    struct log *log;             /* the caller's */
    struct admission *admission; /* the caller's; NULL: whoever speaks is our user */
    struct stream stream;
    struct framing framing;
    struct client client;
    struct debug_console console;
    const struct request_entry *const *tables; /* all requests */
    enum session_phase phase;
    struct configuration configuration;
    struct program_owner owner;    /* of the programs: this session */
    struct program *program;       /* that requests are about; NULL: none has been launched */
    struct program *predecessor;   /* which has to end before that one begins; NULL: no restart */
    struct children *children;     /* NULL: nobody waits for such */
    struct client_ticket farewell; /* of a client that goes once its program is let go; else without
                                      a command */
    uv_timer_t deadline;           /* until it is admitted; when it is closing, until it ends */
    uv_signal_t signals[3];
};

/* On a loop that has been initialised; the stream is not its. 0 or UV_E...; session_close(), the
   loop and session_finish() either way. */
int session_init(struct session *session, struct log *log, struct admission *admission);

/* May the client do what it likes? */
bool session_is_admitted(const struct session *session);

/* Its admission has been passed: now it may, and has the time that it likes. */
void session_admit(struct session *session);

/* `initialize` has been answered: tells the client that it may configure, once it is admitted. */
void session_initialized(struct session *session);

/* After the loop has run out. */
void session_finish(struct session *session);

/* How far it has come, as requests see it. */
enum session_state session_state(const struct session *session);

/* Starts the first program, or attaches to it. Takes the settings; the ticket waits until it runs.
 */
void session_launch(struct session *session, struct launch_settings *settings,
                    const struct client_ticket *ticket);

/* The client has said all that it wants: a program that is ready runs. */
void session_configured(struct session *session);

/* Another takes the program's place. settings: NULL: those of the old one. */
void session_restart(struct session *session, struct launch_settings *settings,
                     const struct client_ticket *ticket);

/* Asks the program to end; asked again, makes it end. A restart under way is given up. */
void session_terminate(struct session *session);

/* The client goes, and its program, which ending_can_detach(), is to wait for another: or the
   request is refused, and the session goes on. */
void session_suspend(struct session *session, const struct client_ticket *ticket);

/* The client goes, and whatever still waits for an answer gets it. A program that was launched ends
   with the session; one that was attached to is let go first, and asked to end if the client wants
   that. */
void session_disconnect(struct session *session, const struct client_ticket *ticket,
                        bool terminate_attached);

/* Ends the session: kills the program, sends what is queued, then closes all handles so that the
   loop runs out. Returns at once; a second call is harmless. */
void session_close(struct session *session);

/* The client has taken all that was on its way to it. */
void session_drained(struct session *session);

#endif
