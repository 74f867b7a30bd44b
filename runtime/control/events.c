/* SPDX-License-Identifier: MIT */
#include "events.h"

#include "attention.h"
#include "conditions.h"
#include "functions.h"
#include "hook.h"
#include "library.h"
#include "limit.h"
#include "process.h"
#include "statements.h"

#include <lauxlib.h>

/* So many line events without a breakpoint's line in sight make us look whether they are still
   needed. */
enum { IDLE_LINES = 10000 };

/* So many in functions that hold none, and the thread sleeps (hook.h). */
enum { DULL_LINES = 100 };

static const struct breakpoint_file *breakpoint_at(struct debugger *debugger, lua_State *L,
                                                   lua_Debug *event) {
    if (!breakpoints_maybe(&debugger->breakpoints, event->currentline))
        return NULL;
    const struct breakpoint_file *file =
        breakpoints_of(&debugger->breakpoints, functions_of(debugger, L, event)->chunk);
    for (size_t i = 0; file != NULL && i < file->count; i++)
        if (file->breakpoints[i].line == event->currentline)
            return file;
    return NULL;
}

/* The function at whose line the thread is holds no breakpoint. */
static void fall_asleep(struct debugger *debugger, struct thread *thread) {
    debugger->dull_lines = 0;
    hook_of(thread)->asleep = hook_may_sleep(debugger, thread);
    hook_refresh(debugger, thread);
}

/* Line events go on in functions that hold no breakpoint, called by one that does. Once in a while:
   does one still? */
static void note_idle_line(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (!hook_of(thread)->lines)
        return;
    if (debugger->dull_lines >= DULL_LINES &&
        !functions_holds(debugger, functions_of(debugger, thread->L, event)))
        fall_asleep(debugger, thread);
    if (++debugger->idle_lines < IDLE_LINES)
        return;
    debugger->idle_lines = 0;
    statements_look(debugger, thread);
    hook_refresh(debugger, thread);
}

/* The function that was called is at its first line. */
static uint64_t take_entered(struct debugger *debugger, struct thread *thread,
                             const lua_Debug *event) {
    struct function_breakpoints *functions = &debugger->function_breakpoints;
    if (functions->thread != thread->L)
        return 0;
    uint64_t entered = functions->frame == (const void *)event->i_ci ? functions->entered : 0;
    functions->thread = NULL;
    hook_refresh(debugger, thread);
    return entered;
}

static bool stop_at_breakpoint(struct debugger *debugger, struct thread *thread, lua_Debug *event,
                               bool begun) {
    struct debugger_stop here = {
        .reason = DEBUGGER_BREAKPOINT, .line = event->currentline, .event = event};
    here.file = begun ? breakpoint_at(debugger, thread->L, event) : NULL;
    here.functions = take_entered(debugger, thread, event);
    if (here.file == NULL && here.functions == 0 && debugger->data.count == 0)
        return false;
    return hook_stop(debugger, thread->L, &here);
}

/* `line`: where the program is, if that is known better than by Lua. */
static void stop_by_memory_breakpoint(struct debugger *debugger, struct thread *thread, int line) {
    const struct debugger_stop here = {.reason = DEBUGGER_MEMORY_BREAKPOINT, .line = line};
    if (debugger->attached)
        hook_stop(debugger, thread->L, &here);
    debugger->account.memory_breakpoints.is_hit = false;
}

static void stop_by_step(struct debugger *debugger, struct thread *thread) {
    const struct debugger_stop here = {.reason =
                                           debugger->step.entry ? DEBUGGER_ENTRY : DEBUGGER_STEP};
    hook_stop(debugger, thread->L, &here);
}

/* A file's main function is being called: now its real lines are known. */
static void note_loaded(struct debugger *debugger, lua_State *L, lua_Debug *event,
                        const struct known_function *function) {
    struct chunk *chunk = function->chunk;
    account_remember_main(&debugger->account, function->address);
    function_breakpoints_forget(&debugger->function_breakpoints);
    if (chunk != NULL)
        flow_cache_note_loaded(&debugger->flows, chunk);
    lua_getinfo(L, "f", event);
    struct breakpoint_file *file = breakpoints_loaded(&debugger->breakpoints, chunk, L);
    lua_pop(L, 1);
    if (file == NULL)
        return;
    debugger->listener.on_breakpoints(debugger->listener.data, file);
    hook_refresh_running(debugger);
}

/* A Lua function stops at its first line: the event that comes next. */
static bool note_function(struct debugger *debugger, lua_State *L, lua_Debug *event,
                          const struct known_function *function) {
    struct function_breakpoints *functions = &debugger->function_breakpoints;
    uint64_t entered = function_breakpoints_called(functions, L, function->address, function->chunk,
                                                   function->linedefined);
    if (entered == 0)
        return false;
    if (function->chunk == NULL) {
        const struct debugger_stop here = {
            .reason = DEBUGGER_BREAKPOINT, .functions = entered, .event = event};
        hook_stop(debugger, L, &here);
        return false;
    }
    functions->entered = entered;
    functions->thread = L;
    functions->frame = event->i_ci;
    return true;
}

/* What the program has called, once it is known where breakpoints are in it. */
static struct known_function *note_called(struct debugger *debugger, struct thread *thread,
                                          lua_Debug *event) {
    struct known_function *function = functions_of(debugger, thread->L, event);
    if (!function->is_main)
        return function;
    note_loaded(debugger, thread->L, event, function);
    return functions_of(debugger, thread->L, event); /* others have been asked for */
}

/* Whether other events may be wanted now. */
static bool look_at_call(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    struct thread_hook *hook = hook_of(thread);
    if (!hook_wants_calls(debugger))
        return false;
    struct known_function *function = note_called(debugger, thread, event);
    bool changed = debugger->function_breakpoints.count > 0 &&
                   note_function(debugger, thread->L, event, function);
    if (functions_holds(debugger, function) && hook->asleep)
        hook_wake(debugger, thread);
    else if (!hook->lines && functions_holds(debugger, function))
        changed = hook->lines = true;
    if (functions_follows(debugger, function))
        progress_enter(&hook->progress, event->i_ci);
    return changed;
}

/* A function that nobody knows is at a line, whose call was no event: has a file been loaded? One
   that is only not remembered any more was noted when it was called. */
static void note_uncalled(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    const void *address = functions_address(debugger, thread->L, event);
    if (functions_known(debugger, address) != NULL)
        return;
    bool noted = debugger->account.main_function == address;
    const struct known_function *function = functions_meet(debugger, thread->L, event, address);
    if (function->is_main && !noted &&
        functions_follows(debugger, note_called(debugger, thread, event)))
        progress_enter(&hook_of(thread)->progress, event->i_ci);
}

static void at_line(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (hook_wants_calls(debugger) && !(hook_of(thread)->mask & LUA_MASKCALL))
        note_uncalled(debugger, thread, event);
    bool begun = statements_line_begins(debugger, thread, event);
    if (debugger->account.memory_breakpoints.is_hit) {
        stop_by_memory_breakpoint(debugger, thread, 0);
        return;
    }
    if (stop_at_breakpoint(debugger, thread, event, begun))
        return;
    if (step_at_line(&debugger->step, thread->L) &&
        statements_step_ends(debugger, thread, event, begun))
        stop_by_step(debugger, thread);
    else
        note_idle_line(debugger, thread, event);
}

static void at_call(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    bool changed = debugger->step.kind != STEP_NONE &&
                   step_at_call(&debugger->step, thread->L, event->event == LUA_HOOKTAILCALL);
    if (debugger->data.frames > 0)
        debugger->listener.on_frame(debugger->listener.data, thread->L, event);
    changed |= look_at_call(debugger, thread, event);
    if (changed)
        hook_refresh(debugger, thread);
}

/* To a function that holds a breakpoint. */
static void wake_at_return(struct debugger *debugger, struct thread *thread) {
    lua_Debug caller;
    if (lua_getstack(thread->L, 1, &caller) &&
        functions_holds(debugger, functions_of(debugger, thread->L, &caller)))
        hook_wake(debugger, thread);
}

static void at_return(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (hook_of(thread)->asleep)
        wake_at_return(debugger, thread);
    if (debugger->data.frames > 0)
        debugger->listener.on_frame(debugger->listener.data, thread->L, event);
    if (step_at_return(&debugger->step, thread->L))
        hook_refresh(debugger, thread);
}

/* Only the host's own function is below a script's main function. */
static bool is_main(lua_State *L, lua_Debug *event) {
    lua_Debug below;
    if (lua_getstack(L, 2, &below) || !lua_getstack(L, 1, &below))
        return false;
    lua_getinfo(L, "S", event);
    return *event->what == 'm';
}

static void look_at_return(struct debugger *debugger, lua_State *L) {
    lua_Debug below;
    bool outermost = !lua_getstack(L, 1, &below);
    if (outermost || debugger->main_ended)
        debugger->listener.on_return(debugger->listener.data, outermost);
    debugger->main_ended = false;
}

static void look_for_end(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    bool is_first = thread == debugger->account.threads.first;
    if (is_first)
        look_at_return(debugger, thread->L);
    if (!is_main(thread->L, event))
        return;
    debugger_end(debugger, thread->L);
    debugger->main_ended = is_first;
}

/* The frame whose line hit one is the one that runs still, though that line may have been done by
   now. Else the program stops at its next line. */
static void stop_at_memory_breakpoint(struct debugger *debugger, struct thread *thread,
                                      const lua_Debug *event) {
    const struct account *account = &debugger->account;
    if (account->memory_breakpoints.is_hit && account->hit_frame == (const void *)event->i_ci)
        stop_by_memory_breakpoint(
            debugger, thread,
            (int)account->ledger.figures->sites[account->memory_breakpoints.last_hit.site].line);
}

static void at_count(struct debugger *debugger, struct thread *thread, lua_Debug *event,
                     unsigned wanted) {
    hook_suspend(thread);
    if (wanted & ATTENTION_LINK && !debugger->forked) {
        polling_begin(&debugger->polling);
        debugger->listener.on_attention(debugger->listener.data);
    }
    hook_suspend(thread);
    stop_at_memory_breakpoint(debugger, thread, event);
    if (debugger->pausing && debugger->attached)
        hook_stop(debugger, thread->L, &(struct debugger_stop){.reason = DEBUGGER_PAUSE});
    else if (debugger->attached && step_at_count(&debugger->step, thread->L, event))
        stop_by_step(debugger, thread);
    hook_refresh_running(debugger);
    hook_refresh(debugger, thread);
}

static void take_new_count(struct debugger *debugger, struct thread *thread) {
    hook_refresh(debugger, thread);
    polling_goes_on(&debugger->polling);
}

static int mask_of(int event) {
    return event == LUA_HOOKTAILCALL ? LUA_MASKCALL : 1 << event;
}

/* Is it a call, or the end of one, that the program does not make? */
static bool is_hidden(const struct debugger *debugger, lua_State *L, lua_Debug *event) {
    if (account_works(&debugger->account))
        return true;
    if (event->event == LUA_HOOKLINE || event->event == LUA_HOOKCOUNT)
        return false;
    lua_getinfo(L, "f", event);
    bool ours = library_is_our_handler(lua_tocfunction(L, -1));
    lua_pop(L, 1);
    return ours;
}

/* Whether the program's own hook is to be called, too. */
static bool take_event(struct debugger *debugger, struct thread *thread, lua_Debug *event,
                       unsigned wanted) {
    const struct thread_hook *hook = hook_of(thread);
    bool users = hook->user != NULL && (hook->user_mask & mask_of(event->event));
    if (debugger->tells_end && event->event == LUA_HOOKRET)
        look_for_end(debugger, thread, event);
    if (event->event == LUA_HOOKCOUNT) {
        bool ours = wanted != 0 || hook_counts_one(debugger, thread);
        if (ours)
            at_count(debugger, thread, event, wanted);
        else if (polling_look(&debugger->polling))
            take_new_count(debugger, thread);
        if (ours || !users)
            return false;
    } else if (debugger->attached) {
        if (event->event == LUA_HOOKLINE)
            at_line(debugger, thread, event);
        else if (event->event == LUA_HOOKRET)
            at_return(debugger, thread, event);
        else
            at_call(debugger, thread, event);
    }
    return users && hook->user != NULL && !is_hidden(debugger, thread->L, event);
}

/* What is called at the end may throw, or yield: nothing is to be done after it. */
static void take(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    lua_State *L = thread->L;
    unsigned wanted = event->event == LUA_HOOKCOUNT && hook_is_wanted(debugger)
                          ? atomic_exchange(&debugger->attention, 0)
                          : 0;
    if (event->event == LUA_HOOKCOUNT)
        attention_follow(debugger);
    debugger->at_work++;
    bool users = take_event(debugger, thread, event, wanted);
    debugger->at_work--;
    lua_Hook user = users ? hook_of(thread)->user : NULL;
    if (debugger->leaving && debugger->at_work == 0)
        debugger->listener.on_leave(debugger->listener.data, L);
    if (wanted & ATTENTION_INTERRUPT)
        luaL_error(L, "interrupted!");
    if (user != NULL)
        user(L, event);
}

/* A host may have kept our hook, and have put it back when the debugger had left. */
static void take_away(lua_State *L) {
    if (account_of(L) == NULL)
        lua_sethook(L, NULL, 0, 0);
}

static void on_event(lua_State *L, lua_Debug *event) {
    struct debugger *debugger = debugger_of(L);
    if (debugger == NULL) {
        take_away(L);
        return;
    }
    struct thread *thread = threads_of(&debugger->account.threads, L);
    process_look();
    if (thread == NULL)
        return;
    if (debugger->forked)
        hook_refresh(debugger, thread);
    if (hook_is_lent(debugger, thread, event))
        return;
    if (!debugger->evaluating)
        take(debugger, thread, event);
    else if (event->event == LUA_HOOKCOUNT) /* in a coroutine that the code has resumed */
        limit_check(L);
}

/* Is it known to hold no breakpoint? */
static inline bool holds_none(const struct debugger *debugger,
                              const struct known_function *function) {
    return function->holds_version == debugger->breakpoints.version && !function->holds;
}

/* Is it not yet time to do something about lines at which there is nothing? */
static inline bool goes_on(struct debugger *debugger, const struct known_function *function) {
    if (holds_none(debugger, function) && ++debugger->dull_lines >= DULL_LINES)
        return false;
    return ++debugger->idle_lines < IDLE_LINES;
}

static bool passes_line(struct debugger *debugger, lua_State *L, lua_Debug *event,
                        const struct known_function *function) {
    if (breakpoints_maybe(&debugger->breakpoints, event->currentline))
        return debugger->breakpoints.followed == 0 && conditions_fail(debugger, L, event, function);
    return debugger->dull_lines < DULL_LINES && debugger->idle_lines < IDLE_LINES;
}

/* With line events on already, a breakpoint in a function that is not followed changes nothing. */
static bool passes_call(const struct debugger *debugger, lua_State *L,
                        const struct known_function *function) {
    unsigned version = debugger->breakpoints.version;
    if (function->is_main || function->holds_version != version || !call_info_is_well(L))
        return false;
    return !function->holds || (!function->follows && lua_gethookmask(L) & LUA_MASKLINE);
}

static bool passes(struct debugger *debugger, lua_State *L, lua_Debug *event) {
    const struct known_function *function =
        functions_known(debugger, call_info_function((const void *)event->i_ci));
    if (function == NULL)
        return false;
    if (event->event == LUA_HOOKLINE)
        return passes_line(debugger, L, event, function);
    return mask_of(event->event) == LUA_MASKCALL && passes_call(debugger, L, function);
}

/* Apart, so that the way of nearly all events is short. */
__attribute__((noinline)) static void look_closer(lua_State *L, lua_Debug *event) {
    const struct account *account = account_of(L); /* of whoever sets this hook the right one */
    struct debugger *debugger = account != NULL ? account->owner.data : NULL;
    if (debugger == NULL || !passes(debugger, L, event))
        on_event(L, event);
}

/* To a function that holds no breakpoint. */
static inline bool passes_return(struct debugger *debugger, const lua_Debug *event) {
    const struct call_info *caller =
        ((const struct call_info *)(const void *)event->i_ci)->previous;
    const struct known_function *function = functions_known(debugger, call_info_function(caller));
    return function != NULL && holds_none(debugger, function);
}

/* As above, of what is commonest. Nothing is called here. */
static inline bool passes_at_once(const struct account *account, lua_State *L,
                                  const lua_Debug *event) {
    struct debugger *debugger = account->owner.data;
    const struct known_function *function =
        debugger != NULL ? functions_known(debugger, call_info_function((const void *)event->i_ci))
                         : NULL;
    if (function == NULL)
        return false;
    if (event->event == LUA_HOOKLINE)
        return !breakpoints_maybe(&debugger->breakpoints, event->currentline) &&
               goes_on(debugger, function);
    if (event->event == LUA_HOOKRET)
        return passes_return(debugger, event);
    return mask_of(event->event) == LUA_MASKCALL &&
           function->dull_version == debugger->breakpoints.version && call_info_is_well(L);
}

/* In front of on_event while that would find breakpoints of lines at most, and calls can be read:
   nearly all events pass at once. */
static void on_quiet_event(lua_State *L, lua_Debug *event) {
    const struct call_info_state *state = call_info_state(L);
    if (!account_is_last(state->allocator, state->data) || !passes_at_once(state->data, L, event))
        look_closer(L, event);
}

int events_attach(struct debugger *debugger, lua_State *L) {
    int error = library_attach(L);
    if (error != 0)
        return error;
    debugger->on_event = on_event;
    debugger->on_quiet_event = on_quiet_event;
    hook_refresh_running(debugger);
    return 0;
}

void events_detach(struct debugger *debugger, lua_State *L) {
    hook_give_back(debugger);
    library_detach(L);
    function_breakpoints_detach(&debugger->function_breakpoints, L);
}

bool events_leave(struct debugger *debugger) {
    debugger->leaving = true;
    debugger->attached = debugger->pausing = false;
    return debugger->at_work > 0;
}
