/* SPDX-License-Identifier: MIT */
/*
 * debugger: control over one Lua state: its hook, breakpoints, steps, and who can be asked for
 * attention. It stops the program by calling on_stop, in the hook of the thread that stopped, and
 * goes on when that returns. It knows neither messages nor JSON.
 *
 * It has the state's account, which names it as its owner: so it is found from any lua_State.
 *
 * It can come to a state of somebody else's that has long run, and leave it again (events.h). Who
 * runs in the hook, or in a function of ours in front of Lua's, must therefore ask for it anew
 * after anything else has run.
 */
#ifndef LUAHEAT_CONTROL_DEBUGGER_H
#define LUAHEAT_CONTROL_DEBUGGER_H

#include "account.h"
#include "breakpoints.h"
#include "flow_cache.h"
#include "function_breakpoints.h"
#include "polling.h"
#include "step.h"

#include <lua.h>
#include <pthread.h>
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
    /* The script is about to end: its main function returns (if tells_end), it throws an error that
       nobody catches, or calls os.exit. All that it has is still there. May be NULL. */
    void (*on_end)(void *data, lua_State *L);
    /* A function returns in the main thread (if tells_end): the outermost one, so that a call of
       the host's is over; or the next one after a main function, whose end was not the script's. */
    void (*on_return)(void *data, bool outermost);
    /* os.exit is called, with this exit code. May be NULL. */
    void (*on_os_exit)(void *data, int64_t code);
    /* A function of L is called, or returns. */
    void (*on_frame)(void *data, lua_State *L, lua_Debug *event);
    /* It was to leave, and nothing of it is at work any more: it may go, and is not touched after
       this. In the hook of L. */
    void (*on_leave)(void *data, lua_State *L);
};

/* What is kept of each thread for its hook (hook.h), in the extra space of its record. */
struct thread_hook {
    lua_Hook
        user; /* the program's own hook (debug.sethook), which shares Lua's only one with ours */
    int user_mask, user_count;
    int mask, count;  /* what is installed */
    bool told;        /* the thread's calls all look at it */
    bool lines;       /* a function on its stack holds a breakpoint */
    bool asleep;      /* and yet its lines are not looked at until one that does runs again */
    const void *lent; /* the frame that somebody has called on it while it is suspended (hook.h);
                         NULL: none */
    unsigned wishes;  /* debugger.wishes when it got what it needed; else older */
    unsigned breakpoints_version;    /* of the breakpoints for which `lines` was found */
    struct progress_table *progress; /* of its frames: one block; NULL: of none */
};

static inline struct thread_hook *hook_of(struct thread *thread) {
    return (struct thread_hook *)thread->extra;
}

/* A function of the program: what functions.h has found out. */
struct known_function {
    const void *address; /* lua_topointer */
    uint64_t met;        /* each time one is met it has another number */
    struct chunk *chunk; /* NULL: a C function */
    int linedefined;
    bool is_main;
    bool holds;   /* a breakpoint, ... */
    bool follows; /* ... on a line that may be come back to: its frames are followed; ... */
    unsigned holds_version;  /* ... when that was found (breakpoints.h) */
    unsigned dull_version;   /* when it was found that a call of it is of no interest: it holds no
                                breakpoint, and loads no file */
    const struct flow *flow; /* once it has been asked for */
};

struct debugger {
    struct account account;
    struct debugger_listener listener;
    struct breakpoints breakpoints;
    struct known_function functions[ACCOUNT_FUNCTIONS]; /* by account_function_place */
    uint64_t met;                                       /* functions, so far */
    struct flow_cache flows;
    struct expressions *expressions; /* the code of breakpoints; NULL: none is run */
    struct function_breakpoints function_breakpoints;
    struct debugger_data data;
    struct step step;
    struct debugger_exceptions exceptions;
    lua_Hook on_event, on_quiet_event; /* ours: all events; only breakpoints of lines (events.c) */
    _Atomic unsigned attention;        /* enum debugger_attention, or-ed */
    unsigned wishes; /* counts the changes of what a thread that has no hook, or one of counts
                        alone, may need */
    struct polling polling;
    pthread_t home;      /* the OS thread that attention.h calls */
    int life;            /* ends when nobody can debug any more; -1: there is none */
    bool tells_end;      /* the return of the script's main function is to be told */
    bool main_ended;     /* if so: it has returned, and nothing else since */
    bool pausing;        /* stop at the next event */
    bool evaluating;     /* code of a breakpoint runs, in a hook: nothing may stop it */
    bool attached;       /* somebody debugs: else the hook serves the figures only */
    bool forked;         /* this is a child of the program: nobody ever will */
    bool hosted;         /* somebody else's program runs Lua: threads run that nobody tells of */
    bool held;           /* attention is noted, and not called for */
    bool reads_calls;    /* what a call is of, by call_info.h */
    bool leaving;        /* as soon as nothing of it is at work: listener.on_leave */
    int at_work;         /* so many calls of its hook and of its stops are active */
    unsigned idle_lines; /* line events that were no breakpoint's, since we looked */
    unsigned dull_lines; /* and those in functions that hold none */
};

/* The debugger of L's state, in its own OS thread; NULL: there is none (any more). */
static inline struct debugger *debugger_of(lua_State *L) {
    struct account *account = account_running(L);
    return account != NULL ? account->owner.data : NULL;
}

/* The same, if that is plain to see: L is the innermost of the program's. NULL: it is not. */
static inline struct debugger *debugger_of_innermost(const lua_State *L) {
    struct account *account = account_running_at_once(L);
    return account != NULL ? account->owner.data : NULL;
}

/* The same after code has run that may have ended what was there before. */
static inline struct debugger *debugger_still_of(lua_State *L, struct debugger *before) {
    return account_last.account == &before->account ? before : debugger_of(L);
}

/* figures: NULL: none. 0 or -ENOMEM. */
int debugger_init(struct debugger *debugger, struct figures *figures,
                  const struct debugger_listener *listener);

/* Tells that the script is about to end, in L. */
static inline void debugger_end(struct debugger *debugger, lua_State *L) {
    debugger->main_ended = false;
    if (debugger->listener.on_end != NULL)
        debugger->listener.on_end(debugger->listener.data, L);
}

void debugger_finish(struct debugger *debugger);

#endif
