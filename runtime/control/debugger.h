/* SPDX-License-Identifier: MIT */
/*
 * debugger: control over one Lua state: its hook, breakpoints, steps, and who can be asked for
 * attention. It stops the program by calling on_stop, in the hook of the thread that stopped, and
 * goes on when that returns. It knows neither messages nor JSON.
 *
 * It has the state's account, which names it as its owner: so it is found from any lua_State.
 */
#ifndef LUAHEAT_CONTROL_DEBUGGER_H
#define LUAHEAT_CONTROL_DEBUGGER_H

#include "account.h"
#include "breakpoints.h"
#include "flows.h"
#include "function_breakpoints.h"
#include "pace.h"
#include "step.h"

#include <lua.h>
#include <stdbool.h>

enum debugger_reason {
    DEBUGGER_ENTRY,
    DEBUGGER_STEP,
    DEBUGGER_BREAKPOINT,
    DEBUGGER_PAUSE,
    DEBUGGER_EXCEPTION,
    DEBUGGER_MEMORY_BREAKPOINT, /* one of account/memory_breakpoints.h */
};

struct debugger_stop {
    enum debugger_reason reason;
    const struct breakpoint_file *file; /* of a breakpoint, else NULL */
    int line;           /* of the line event; of a memory breakpoint: the line that hit it, if the
                           stopped frame has just run it; else 0 */
    lua_Debug *event;   /* a breakpoint's: its frame */
    uint64_t functions; /* of function breakpoints: a set of them */
    lua_State
        *thread; /* an exception's: where it was thrown, its stack intact; else the stopped one */
    int error;   /* an exception's: the error value's index on the stopped thread's stack */
    bool caught; /* an exception's: the program catches it */
};

enum { DEBUGGER_COUNT = 10000 };

/* What attention is wanted for; set by signal handlers, too. */
enum debugger_attention {
    ATTENTION_LINK = 1,
    ATTENTION_INTERRUPT = 2,
    ATTENTION_MEMORY_BREAKPOINT = 4,
    ATTENTION_HOOK = 8 /* somebody has put another hook in the place of ours */
};

/* Lua's own functions behind the ones we put in front of them. */
struct debugger_originals {
    lua_CFunction resume, wrapped, close, pcall, xpcall, load, sethook, traceback, exit;
    lua_Hook hook; /* the one that debug.sethook installs, once it has */
};

/* Which errors stop the program (exceptions.h). All zero: none. */
struct debugger_exceptions {
    bool caught, uncaught;
    bool reported; /* the error on its way through the stack has been shown, or was not wanted */
    int handling;  /* so many handlers of an xpcall run, each for an error in the one before */
};

/* Data breakpoints (whoever looks at values knows them) make every line ask on_stop. */
struct debugger_data {
    size_t count;
    size_t frames; /* of them on locals: on_frame is told of each call and return */
};

/* Who debugs: is called with his data. */
struct debugger_listener {
    void *data;
    /* There is reason to stop: stops, and returns true when the program is to go on; or finds that
       a condition does not hold, and returns false. */
    bool (*on_stop)(void *data, lua_State *L, const struct debugger_stop *stop);
    void (*on_attention)(void *data); /* messages may have come while running */
    /* Breakpoints of the file have changed, as it was loaded; they are marked so. */
    void (*on_breakpoints)(void *data, struct breakpoint_file *file);
    /* A function of L is called, or returns. */
    void (*on_frame)(void *data, lua_State *L, lua_Debug *event);
    /* While evaluating, every DEBUGGER_COUNT instructions of a coroutine that the code resumed; may
       raise an error. */
    void (*on_evaluating)(void *data, lua_State *L);
};

struct debugger {
    struct account account;
    struct debugger_listener listener;
    struct debugger_originals originals;
    struct breakpoints breakpoints;
    struct flows flows;
    struct function_breakpoints functions;
    struct debugger_data data;
    struct step step;
    struct debugger_exceptions exceptions;
    _Atomic unsigned attention; /* enum debugger_attention, or-ed */
    struct pace pace;
    bool pausing;        /* stop at the next event */
    bool evaluating;     /* code of a breakpoint runs, in a hook: nothing may stop it */
    bool attached;       /* somebody debugs: else the hook serves the figures only */
    bool forked;         /* this is a child of the program: nobody ever will */
    unsigned idle_lines; /* line events that were no breakpoint's, since we looked */
};

static inline struct debugger *debugger_of(lua_State *L) {
    return account_of(L)->owner;
}

/* figures: NULL: none. 0 or -ENOMEM. */
int debugger_init(struct debugger *debugger, struct figures *figures,
                  const struct debugger_listener *listener);

/* Takes over a state of the debugger's account whose libraries are open: puts our functions in
   front of coroutine.resume, wrap and close, debug.sethook and gethook and os.exit, and installs
   the hook. Leaves no byte in the Lua heap. */
void debugger_adopt(struct debugger *debugger, lua_State *L);

void debugger_finish(struct debugger *debugger);

/* This is a child of the program (account/process.h): it runs on as if there were no debugger. */
void debugger_forked(struct debugger *debugger);

/* Stops the program, if on_stop finds that it should; returns whether it did. In the hook of L, or
   in a C function that L runs. */
bool debugger_stop(struct debugger *debugger, lua_State *L, const struct debugger_stop *stop);

#endif
