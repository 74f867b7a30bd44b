/* SPDX-License-Identifier: MIT */
/*
 * hook: Lua has one hook per thread, and everybody wants it: breakpoints, steps, attention, the
 * program itself (debug.sethook), and the figures where the pc cannot be had without a count hook
 * (account_needs_hook). Here is decided which events each thread must deliver; who gets them, in
 * events.h.
 *
 * A function with a breakpoint calls others that have none, for as long as a main loop runs: once
 * many of their lines have come and gone, the thread sleeps. It asks for calls and returns instead,
 * until a function with a breakpoint runs again.
 *
 * With no breakpoint and no step no hook is installed at all. Line events are asked for only in a
 * thread that has a function with a breakpoint on its stack, or that is being stepped. Calls are
 * asked for while there are breakpoints; but not where lines are, which tell as well what is
 * called, if nothing else depends on it.
 */
#ifndef LUAHEAT_CONTROL_HOOK_H
#define LUAHEAT_CONTROL_HOOK_H

#include "debugger.h"

/* A host may call functions on a coroutine that has yielded (nmap does). Lua takes the end of a
   count's or a line's hook there for a yield of the hook, which ends the host. Whether the event is
   of such a call: then none of those comes until it returns. For that each coroutine of a host that
   is to be hooked so has a hook of calls, too. In the hook of the thread. */
bool hook_is_lent(struct debugger *debugger, struct thread *thread, const lua_Debug *event);

/* Installs what the thread needs now, if it is not already. */
void hook_refresh(struct debugger *debugger, struct thread *thread);

/* Of one that is to run, and of which nothing else is known: does it have what it needs for sure?
 */
static inline bool hook_is_fresh(const struct debugger *debugger, const struct thread *thread) {
    return ((const struct thread_hook *)thread->extra)->wishes == debugger->wishes &&
           debugger->attention == 0 && !debugger->evaluating &&
           !account_owner_is_rung(&debugger->account.owner) && !threads_has_lost_hook(thread);
}

/* The same for all running threads: after breakpoints, the step or attached changed. The others
   follow when they are resumed; in a host, whose resuming nobody sees, all do at once. */
void hook_refresh_running(struct debugger *debugger);

/* All threads get back the hook that they would have without us, with its mask and count; but not
   where another stands by now. */
void hook_give_back(struct debugger *debugger);

/* The raw hook of the thread may be the program's: reads it and puts ours in front. */
void hook_adopt_user(struct debugger *debugger, struct thread *thread);

/* The account's memory breakpoints demand the hook, which then stops the program. */
void hook_follow_memory_breakpoints(struct debugger *debugger);

/* For a signal handler: makes the running threads call the hook as soon as they run Lua code. */
void hook_demand(struct debugger *debugger);

/* Does anybody want the program's attention? */
bool hook_is_wanted(struct debugger *debugger);

/* Are there breakpoints for which calls must be looked at? */
bool hook_wants_calls(const struct debugger *debugger);

/* May the thread sleep? If it does, it is woken in the hook of the call of a function that holds a
   breakpoint, or of the return to one. */
bool hook_may_sleep(const struct debugger *debugger, const struct thread *thread);
void hook_wake(struct debugger *debugger, struct thread *thread);

/* Is there something to be done at the thread's next instruction? */
bool hook_counts_one(const struct debugger *debugger, const struct thread *thread);

/* In the thread's own hook: it has none until it is refreshed. A function that is called on L and
   returns would make Lua believe that the line begins here: if L has a hook, but in the hook of a
   line, which Lua knows has begun. */
void hook_suspend(struct thread *thread);

/* Stops the program, if on_stop finds that it should; returns whether it did. In the hook of L, or
   in a C function that L runs. After that the debugger may be leaving: then its hook will be called
   once more. */
bool hook_stop(struct debugger *debugger, lua_State *L, const struct debugger_stop *stop);

/* This is a child of the program (account/process.h): it runs on as if there were no debugger;
   which leaves a host's for good. */
void hook_forked(struct debugger *debugger);

#endif
