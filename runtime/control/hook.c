/* SPDX-License-Identifier: MIT */
#include "hook.h"
#include "beginnings.h"
#include "holders.h"
#include "library.h"
#include "process.h"
#include "release.h"

#include <lauxlib.h>
#include <limits.h>
#include <stddef.h>

/* What comes while messages are served waits for so many instructions: who asks without a pause
   must not hold the program. */
enum { NEXT_LINK_COUNT = 64 };

/* The mask of a thread whose hook is to be installed again. */
enum { SUSPENDED = -1 };

/* So many line events without a breakpoint's line in sight make us look whether they are still
 * needed. */
enum { IDLE_LINES = 10000 };

static void on_event(lua_State *L, lua_Debug *event);
static void on_quiet_event(lua_State *L, lua_Debug *event);

static bool figures_on(const struct debugger *debugger) {
    return account_figures(&debugger->account) != NULL;
}

/* Does anybody want the program's attention? */
static bool is_wanted(struct debugger *debugger) {
    if (listener_hears(&debugger->account.listener))
        debugger->attention |= ATTENTION_LINK;
    return debugger->attention != 0;
}

static bool in_chain(const struct debugger *debugger, const struct thread *thread) {
    for (size_t i = 0; i < debugger->account.threads.running; i++)
        if (debugger->account.threads.chain[i] == thread)
            return true;
    return false;
}

static void look_for_lines(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    hook->lines = debugger->breakpoints.verified > 0 && holders_on_stack(debugger, thread->L);
    beginnings_keep(debugger, thread);
    hook->breakpoints_version = debugger->breakpoints.version;
}

static bool wants_calls(const struct debugger *debugger) {
    return debugger->breakpoints.verified > 0 || debugger->breakpoints.waiting > 0 ||
           debugger->functions.count > 0;
}

/* May no hook of ours be called there? */
static bool must_not_be_called(const struct thread *thread) {
    return thread->closing && release_closes_suspended() && lua_status(thread->L) == LUA_YIELD;
}

static int mask_for(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    int mask = hook->user != NULL ? hook->user_mask : 0;
    if (must_not_be_called(thread))
        return figures_on(debugger) ? mask | LUA_MASKCOUNT : mask;
    if (figures_on(debugger) || is_wanted(debugger) || debugger->evaluating ||
        pace_needs_hook(&debugger->pace))
        mask |= LUA_MASKCOUNT;
    if (!debugger->attached)
        return mask;
    if (debugger->pausing)
        mask |= LUA_MASKCOUNT;
    if (hook->breakpoints_version != debugger->breakpoints.version)
        look_for_lines(debugger, thread);
    if (wants_calls(debugger))
        mask |= LUA_MASKCALL;
    if (hook->lines || debugger->data.count > 0 || debugger->account.memory_breakpoints.is_hit ||
        debugger->functions.thread == thread->L)
        mask |= LUA_MASKLINE;
    if (debugger->data.frames > 0)
        mask |= LUA_MASKCALL | LUA_MASKRET;
    return mask | step_mask(&debugger->step, thread->L, in_chain(debugger, thread));
}

/* Is there something to be done at the thread's next instruction? */
static bool counts_one(const struct debugger *debugger, const struct thread *thread) {
    return debugger->attention || debugger->pausing || step_counts(&debugger->step, thread->L);
}

static int count_for(const struct debugger *debugger, const struct thread *thread) {
    const struct thread_hook *hook = &thread->hook;
    bool user_counts = hook->user != NULL && (hook->user_mask & LUA_MASKCOUNT);
    if (must_not_be_called(thread))
        return user_counts ? hook->user_count : INT_MAX;
    if (debugger->evaluating)
        return DEBUGGER_COUNT;
    if (debugger->attention == ATTENTION_LINK && !debugger->pausing &&
        !step_counts(&debugger->step, thread->L))
        return NEXT_LINK_COUNT;
    if (counts_one(debugger, thread))
        return 1;
    return user_counts ? hook->user_count : pace_count(&debugger->pace);
}

/* Are breakpoints of lines all that it is about? */
static bool is_quiet(const struct debugger *debugger, const struct thread_hook *hook) {
    return debugger->attached && hook->user == NULL && debugger->step.kind == STEP_NONE &&
           debugger->data.count == 0 && debugger->functions.count == 0 &&
           debugger->functions.thread == NULL && !debugger->account.memory_breakpoints.is_hit &&
           !debugger->evaluating && !debugger->pausing && !debugger->attention;
}

static void set_hook(struct thread *thread, lua_Hook ours) {
    struct thread_hook *hook = &thread->hook;
    lua_sethook(thread->L, hook->mask != 0 ? ours : NULL, hook->mask, hook->count);
    hook->installed = lua_gethook(thread->L);
}

static void install(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    unsigned known = is_wanted(debugger) ? debugger->attention : 0;
    hook->mask = mask_for(debugger, thread);
    hook->count = count_for(debugger, thread);
    hook->quiet = is_quiet(debugger, hook);
    set_hook(thread, hook->quiet ? on_quiet_event : on_event);
    if (debugger->attention & ~known && !debugger->evaluating)
        hook_demand(debugger); /* a signal handler may have asked for it meanwhile */
}

/* A C module, or a signal handler of one, may have set a hook of its own, or taken away ours: it
   shares the thread's with us from now on. Whether it did. */
static bool note_user(struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    lua_Hook raw = lua_gethook(thread->L);
    if (raw == hook->installed || raw == on_event || raw == on_quiet_event)
        return false;
    hook->user = raw;
    hook->user_mask = lua_gethookmask(thread->L);
    hook->user_count = lua_gethookcount(thread->L);
    return true;
}

void hook_refresh(struct debugger *debugger, struct thread *thread) {
    const struct thread_hook *hook = &thread->hook;
    if (thread->debuggers)
        return;
    bool lost = note_user(thread);
    int mask = mask_for(debugger, thread);
    bool same_count = !(mask & LUA_MASKCOUNT) || hook->count == count_for(debugger, thread);
    if (lost || hook->mask != mask || !same_count || hook->quiet != is_quiet(debugger, hook))
        install(debugger, thread);
}

void hook_refresh_running(struct debugger *debugger) {
    for (size_t i = 0; i < debugger->account.threads.running; i++)
        if (debugger->account.threads.chain[i] != NULL)
            hook_refresh(debugger, debugger->account.threads.chain[i]);
}

bool hook_adopt_user(struct debugger *debugger, struct thread *thread) {
    note_user(thread);
    install(debugger, thread);
    return thread->hook.user != NULL;
}

/* lua_sethook is the one function that may be called from a signal handler (as lua.c does). */
static void demand(struct debugger *debugger, int mask) {
    const struct threads *threads = &debugger->account.threads;
    for (size_t i = 0; i < threads->running; i++) {
        struct thread *thread = threads->chain[i];
        if (thread == NULL || thread->debuggers || thread->hook.mask == SUSPENDED ||
            must_not_be_called(thread))
            continue;
        if (note_user(thread))
            thread->hook.mask |= thread->hook.user_mask;
        thread->hook.count = 1;
        thread->hook.mask |= mask;
        thread->hook.quiet = false;
        set_hook(thread, on_event);
    }
}

void hook_demand(struct debugger *debugger) {
    demand(debugger, LUA_MASKCOUNT);
}

/* Not lua_sethook alone: attention tells the hook why. */
static void on_memory_breakpoint(void *data) {
    struct debugger *debugger = data;
    debugger->attention |= ATTENTION_MEMORY_BREAKPOINT;
    if (!account_works(&debugger->account)) /* which has hooks of its own */
        demand(debugger, LUA_MASKCOUNT | LUA_MASKLINE);
}

void hook_follow_memory_breakpoints(struct debugger *debugger) {
    debugger->account.memory_breakpoints.on_hit = on_memory_breakpoint;
    debugger->account.memory_breakpoints.data = debugger;
}

static const struct breakpoint_file *breakpoint_at(struct debugger *debugger, lua_State *L,
                                                   lua_Debug *event) {
    if (!breakpoints_maybe(&debugger->breakpoints, event->currentline))
        return NULL;
    const struct breakpoint_file *file =
        breakpoints_of(&debugger->breakpoints, holders_function(debugger, L, event)->chunk);
    for (size_t i = 0; file != NULL && i < file->count; i++)
        if (file->breakpoints[i].line == event->currentline)
            return file;
    return NULL;
}

/* Line events go on in functions that hold no breakpoint, called by one that does. Once in a while:
   does one still? */
static void note_idle_line(struct debugger *debugger, struct thread *thread) {
    if (!thread->hook.lines || ++debugger->idle_lines < IDLE_LINES)
        return;
    debugger->idle_lines = 0;
    look_for_lines(debugger, thread);
    hook_refresh(debugger, thread);
}

/* The function that was called is at its first line. */
static uint64_t take_entered(struct debugger *debugger, struct thread *thread,
                             const lua_Debug *event) {
    struct function_breakpoints *functions = &debugger->functions;
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
    return debugger_stop(debugger, thread->L, &here);
}

/* `line`: where the program is, if that is known better than by Lua. */
static void stop_by_memory_breakpoint(struct debugger *debugger, struct thread *thread, int line) {
    const struct debugger_stop here = {.reason = DEBUGGER_MEMORY_BREAKPOINT, .line = line};
    if (debugger->attached)
        debugger_stop(debugger, thread->L, &here);
    debugger->account.memory_breakpoints.is_hit = false;
}

static void stop_by_step(struct debugger *debugger, struct thread *thread) {
    const struct debugger_stop here = {.reason =
                                           debugger->step.entry ? DEBUGGER_ENTRY : DEBUGGER_STEP};
    debugger_stop(debugger, thread->L, &here);
}

static void at_line(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    bool begun = beginnings_begins(debugger, thread, event);
    if (debugger->account.memory_breakpoints.is_hit) {
        stop_by_memory_breakpoint(debugger, thread, 0);
        return;
    }
    if (stop_at_breakpoint(debugger, thread, event, begun))
        return;
    if (step_at_line(&debugger->step, thread->L) &&
        beginnings_step_ends(debugger, thread, event, begun))
        stop_by_step(debugger, thread);
    else
        note_idle_line(debugger, thread);
}

/* Its main function is being called: now the file's real lines are known. */
static void note_loaded(struct debugger *debugger, lua_State *L, lua_Debug *event,
                        struct chunk *chunk) {
    function_breakpoints_forget(&debugger->functions);
    if (chunk != NULL)
        flows_note_loaded(&debugger->flows, chunk);
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
                          const struct chunk_function *function) {
    struct function_breakpoints *functions = &debugger->functions;
    uint64_t entered = function_breakpoints_called(functions, L, function);
    if (entered == 0)
        return false;
    if (function->chunk == NULL) {
        const struct debugger_stop here = {
            .reason = DEBUGGER_BREAKPOINT, .functions = entered, .event = event};
        debugger_stop(debugger, L, &here);
        return false;
    }
    functions->entered = entered;
    functions->thread = L;
    functions->frame = event->i_ci;
    return true;
}

/* Whether other events may be wanted now. */
static bool look_at_call(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (!wants_calls(debugger))
        return false;
    struct chunk_function *function = holders_function(debugger, thread->L, event);
    if (function->is_main)
        note_loaded(debugger, thread->L, event, function->chunk);
    bool changed =
        debugger->functions.count > 0 && note_function(debugger, thread->L, event, function);
    if (!thread->hook.lines && holders_holds(debugger, function))
        changed = thread->hook.lines = true;
    if (holders_follows(debugger, function))
        progress_enter(&thread->progress, event->i_ci);
    return changed;
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

static void at_return(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (debugger->data.frames > 0)
        debugger->listener.on_frame(debugger->listener.data, thread->L, event);
    if (step_at_return(&debugger->step, thread->L))
        hook_refresh(debugger, thread);
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

/* A function that is called on L and returns would make Lua believe that the line begins here: if
   L has a hook, but in the hook of a line, which Lua knows has begun. */
static void suspend(struct thread *thread) {
    lua_sethook(thread->L, NULL, 0, 0);
    thread->hook.installed = NULL;
    thread->hook.mask = SUSPENDED;
}

static void at_count(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    suspend(thread);
    unsigned wanted = atomic_exchange(&debugger->attention, 0);
    if (wanted & ATTENTION_LINK && !debugger->forked) {
        pace_begin(&debugger->pace);
        debugger->listener.on_attention(debugger->listener.data);
    }
    suspend(thread);
    stop_at_memory_breakpoint(debugger, thread, event);
    if (debugger->pausing && debugger->attached)
        debugger_stop(debugger, thread->L, &(struct debugger_stop){.reason = DEBUGGER_PAUSE});
    else if (debugger->attached && step_at_count(&debugger->step, thread->L, event))
        stop_by_step(debugger, thread);
    hook_refresh_running(debugger);
    hook_refresh(debugger, thread);
    if (wanted & ATTENTION_INTERRUPT)
        luaL_error(thread->L, "interrupted!");
}

static void take_pace(struct debugger *debugger, struct thread *thread) {
    hook_refresh(debugger, thread);
    pace_goes_on(&debugger->pace);
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

static void on_event(lua_State *L, lua_Debug *event) {
    struct debugger *debugger = debugger_of(L);
    struct thread *thread = threads_of(&debugger->account.threads, L);
    process_look();
    if (thread == NULL)
        return;
    if (debugger->forked)
        hook_refresh(debugger, thread);
    if (debugger->evaluating) { /* in a coroutine that the code has resumed */
        if (event->event == LUA_HOOKCOUNT)
            debugger->listener.on_evaluating(debugger->listener.data, L);
        return;
    }
    bool users = thread->hook.user != NULL && (thread->hook.user_mask & mask_of(event->event));
    if (event->event == LUA_HOOKCOUNT) {
        bool ours = is_wanted(debugger) || counts_one(debugger, thread);
        if (ours)
            at_count(debugger, thread, event);
        else if (pace_look(&debugger->pace))
            take_pace(debugger, thread);
        if (ours || !users)
            return;
    } else if (debugger->attached) {
        if (event->event == LUA_HOOKLINE)
            at_line(debugger, thread, event);
        else if (event->event == LUA_HOOKRET)
            at_return(debugger, thread, event);
        else
            at_call(debugger, thread, event);
    }
    if (users && thread->hook.user != NULL && !is_hidden(debugger, L, event))
        thread->hook.user(L, event);
}

static bool passes_line(struct debugger *debugger, const lua_Debug *event) {
    return !breakpoints_maybe(&debugger->breakpoints, event->currentline) &&
           ++debugger->idle_lines < IDLE_LINES;
}

/* With line events on already, a breakpoint in a function that is not followed changes nothing. If
   it passes, the function is left on the stack: Lua puts that back after a hook, and this is to be
   cheap. */
static bool passes_call(struct debugger *debugger, lua_State *L, lua_Debug *event) {
    struct chunk_function *function = holders_push(debugger, L, event);
    if (!function->is_main && (!holders_holds(debugger, function) ||
                               (!function->follows && lua_gethookmask(L) & LUA_MASKLINE)))
        return true;
    lua_pop(L, 1);
    return false;
}

/* In front of on_event while that would find breakpoints of lines at most: nearly all events pass
   at once. */
static void on_quiet_event(lua_State *L, lua_Debug *event) {
    struct debugger *debugger = debugger_of(L);
    if (event->event == LUA_HOOKLINE && passes_line(debugger, event))
        return;
    if (mask_of(event->event) == LUA_MASKCALL && passes_call(debugger, L, event))
        return;
    on_event(L, event);
}
