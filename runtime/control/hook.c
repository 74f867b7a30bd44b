/* SPDX-License-Identifier: MIT */
#include "hook.h"

#include <lauxlib.h>
#include <stddef.h>

/* Any count makes the VM save its pc; this one comes often enough (some milliseconds) to notice
   attention in a coroutine that a C module resumed, whose hook the signal could not reach. */
enum { PC_SAVER_COUNT = 1000000 };

/* A thread deeper than this is taken to hold a breakpoint: finding a frame by level costs its
   depth, so looking at every frame would cost the square. */
enum { LOOK_DEPTH = 200 };

/* So many line events without a breakpoint's line in sight make us look whether they are still
 * needed. */
enum { IDLE_LINES = 10000 };

static void on_event(lua_State *L, lua_Debug *event);

static bool figures_on(const struct debugger *debugger) {
    return debugger->account.ledger.figures != NULL;
}

static bool in_chain(const struct debugger *debugger, const struct thread *thread) {
    for (size_t i = 0; i < debugger->account.threads.running; i++)
        if (debugger->account.threads.chain[i] == thread)
            return true;
    return false;
}

static struct chunk *chunk_of(struct debugger *debugger, const lua_Debug *frame) {
    return chunks_find(&debugger->account.chunks, frame->source, frame->srclen);
}

/* The function of the frame. Found out once for each function: lua_getinfo's "S" takes longer than
   all else that a call event costs. */
static struct chunk_function *function_of(struct debugger *debugger, lua_State *L,
                                          lua_Debug *frame) {
    lua_getinfo(L, "f", frame);
    const void *function = lua_topointer(L, -1);
    lua_pop(L, 1);
    struct chunk_function *known = chunks_function(&debugger->account.chunks, function);
    if (known->function == function)
        return known;
    lua_getinfo(L, "S", frame);
    *known = (struct chunk_function){.function = function,
                                     .linedefined = frame->linedefined,
                                     .is_main = *frame->what == 'm',
                                     .holds_version = debugger->breakpoints.version - 1};
    if (*frame->what != 'C')
        known->chunk = chunk_of(debugger, frame);
    return known;
}

static bool holds_breakpoint(struct debugger *debugger, struct chunk_function *function) {
    const struct breakpoints *breakpoints = &debugger->breakpoints;
    if (function->holds_version != breakpoints->version) {
        const struct breakpoint_file *file = breakpoints_of(breakpoints, function->chunk);
        function->holds = file != NULL && breakpoints_in_function(file, function->linedefined);
        function->holds_version = breakpoints->version;
    }
    return function->holds;
}

static bool stack_holds_breakpoint(struct debugger *debugger, lua_State *L) {
    lua_Debug frame;
    int level = 0;
    for (; level < LOOK_DEPTH && lua_getstack(L, level, &frame); level++)
        if (holds_breakpoint(debugger, function_of(debugger, L, &frame)))
            return true;
    return level == LOOK_DEPTH;
}

static void look_for_lines(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    hook->lines = debugger->breakpoints.verified > 0 && stack_holds_breakpoint(debugger, thread->L);
    hook->breakpoints_version = debugger->breakpoints.version;
    hook->idle_lines = 0;
}

static bool wants_calls(const struct debugger *debugger) {
    return debugger->breakpoints.verified > 0 || debugger->breakpoints.waiting > 0 ||
           debugger->functions.count > 0;
}

static int mask_for(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    int mask = hook->user != NULL ? hook->user_mask : 0;
    if (figures_on(debugger) || debugger->attention || debugger->evaluating)
        mask |= LUA_MASKCOUNT;
    if (!debugger->attached)
        return mask;
    if (debugger->pausing)
        mask |= LUA_MASKCOUNT;
    if (hook->breakpoints_version != debugger->breakpoints.version)
        look_for_lines(debugger, thread);
    if (wants_calls(debugger))
        mask |= LUA_MASKCALL;
    if (hook->lines || debugger->data.count > 0 || debugger->account.alarms.rings ||
        debugger->functions.thread == thread->L)
        mask |= LUA_MASKLINE;
    if (debugger->data.frames > 0)
        mask |= LUA_MASKCALL | LUA_MASKRET;
    return mask | step_mask(&debugger->step, thread->L, in_chain(debugger, thread));
}

static int count_for(const struct debugger *debugger, const struct thread_hook *hook) {
    if (debugger->evaluating)
        return DEBUGGER_COUNT;
    if (debugger->attention || debugger->pausing)
        return 1;
    bool user_counts = hook->user != NULL && (hook->user_mask & LUA_MASKCOUNT);
    return user_counts ? hook->user_count : PC_SAVER_COUNT;
}

static void install(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    hook->mask = mask_for(debugger, thread);
    hook->count = count_for(debugger, hook);
    lua_sethook(thread->L, hook->mask != 0 ? on_event : NULL, hook->mask, hook->count);
}

void hook_refresh(struct debugger *debugger, struct thread *thread) {
    const struct thread_hook *hook = &thread->hook;
    if (thread->debuggers)
        return;
    int mask = mask_for(debugger, thread);
    bool same_count = !(mask & LUA_MASKCOUNT) || hook->count == count_for(debugger, hook);
    if (hook->mask != mask || !same_count)
        install(debugger, thread);
}

void hook_refresh_running(struct debugger *debugger) {
    for (size_t i = 0; i < debugger->account.threads.running; i++)
        if (debugger->account.threads.chain[i] != NULL)
            hook_refresh(debugger, debugger->account.threads.chain[i]);
}

bool hook_adopt_user(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = &thread->hook;
    lua_Hook raw = lua_gethook(thread->L);
    if (raw != on_event) {
        hook->user = raw;
        hook->user_mask = lua_gethookmask(thread->L);
        hook->user_count = lua_gethookcount(thread->L);
    }
    install(debugger, thread);
    return hook->user != NULL;
}

/* lua_sethook is the one function that may be called from a signal handler (as lua.c does). */
static void demand(struct debugger *debugger, int mask) {
    const struct threads *threads = &debugger->account.threads;
    for (size_t i = 0; i < threads->running; i++) {
        struct thread *thread = threads->chain[i];
        if (thread == NULL || thread->debuggers)
            continue;
        thread->hook.count = 1;
        thread->hook.mask |= mask;
        lua_sethook(thread->L, on_event, thread->hook.mask, 1);
    }
}

void hook_demand(struct debugger *debugger) {
    demand(debugger, LUA_MASKCOUNT);
}

/* Not lua_sethook alone: attention tells the hook why. */
static void on_alarm(void *data) {
    struct debugger *debugger = data;
    debugger->attention |= ATTENTION_ALARM;
    demand(debugger, LUA_MASKCOUNT | LUA_MASKLINE);
}

void hook_follow_alarms(struct debugger *debugger) {
    debugger->account.alarms.on_ring = on_alarm;
    debugger->account.alarms.data = debugger;
}

static const struct breakpoint_file *breakpoint_at(struct debugger *debugger, lua_State *L,
                                                   lua_Debug *event) {
    if (!breakpoints_maybe(&debugger->breakpoints, event->currentline))
        return NULL;
    const struct breakpoint_file *file =
        breakpoints_of(&debugger->breakpoints, function_of(debugger, L, event)->chunk);
    for (size_t i = 0; file != NULL && i < file->count; i++)
        if (file->breakpoints[i].line == event->currentline)
            return file;
    return NULL;
}

/* Line events go on in functions that hold no breakpoint, called by one that does. Once in a while:
   does one still? */
static void note_idle_line(struct debugger *debugger, struct thread *thread) {
    if (!thread->hook.lines || ++thread->hook.idle_lines < IDLE_LINES)
        return;
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

static bool stop_at_breakpoint(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    struct debugger_stop here = {
        .reason = DEBUGGER_BREAKPOINT, .line = event->currentline, .event = event};
    here.file = breakpoint_at(debugger, thread->L, event);
    here.functions = take_entered(debugger, thread, event);
    if (here.file == NULL && here.functions == 0 && debugger->data.count == 0)
        return false;
    return debugger_stop(debugger, thread->L, &here);
}

static void stop_by_alarm(struct debugger *debugger, struct thread *thread) {
    if (debugger->attached)
        debugger_stop(debugger, thread->L, &(struct debugger_stop){.reason = DEBUGGER_MEMORY});
    debugger->account.alarms.rings = false;
}

static void at_line(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (debugger->account.alarms.rings) {
        stop_by_alarm(debugger, thread);
        return;
    }
    if (stop_at_breakpoint(debugger, thread, event))
        return;
    if (!step_at_line(&debugger->step, thread->L)) {
        note_idle_line(debugger, thread);
        return;
    }
    const struct debugger_stop here = {.reason =
                                           debugger->step.entry ? DEBUGGER_ENTRY : DEBUGGER_STEP,
                                       .line = event->currentline};
    debugger_stop(debugger, thread->L, &here);
}

/* Its main function is being called: now the file's real lines are known. */
static void note_loaded(struct debugger *debugger, lua_State *L, lua_Debug *event,
                        struct chunk *chunk) {
    function_breakpoints_forget(&debugger->functions);
    lua_getinfo(L, "f", event);
    struct breakpoint_file *file = breakpoints_loaded(&debugger->breakpoints, chunk, L);
    lua_pop(L, 1);
    if (file == NULL)
        return;
    debugger->on_breakpoints(debugger, file);
    hook_refresh_running(debugger);
}

/* A Lua function stops at its first line: the event that comes next. */
static bool note_function(struct debugger *debugger, lua_State *L, lua_Debug *event,
                          const struct chunk_function *function) {
    struct function_breakpoints *functions = &debugger->functions;
    debugger->account.debugging = true;
    uint64_t entered = function_breakpoints_called(functions, L, function);
    debugger->account.debugging = false;
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
    struct chunk_function *function = function_of(debugger, thread->L, event);
    if (function->is_main)
        note_loaded(debugger, thread->L, event, function->chunk);
    bool changed =
        debugger->functions.count > 0 && note_function(debugger, thread->L, event, function);
    if (!thread->hook.lines && holds_breakpoint(debugger, function))
        changed = thread->hook.lines = true;
    return changed;
}

static void at_call(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    bool changed = debugger->step.kind != STEP_NONE &&
                   step_at_call(&debugger->step, thread->L, event->event == LUA_HOOKTAILCALL);
    if (debugger->data.frames > 0)
        debugger->on_frame(debugger, thread->L, event);
    changed |= look_at_call(debugger, thread, event);
    if (changed)
        hook_refresh(debugger, thread);
}

static void at_return(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    if (debugger->data.frames > 0)
        debugger->on_frame(debugger, thread->L, event);
    if (step_at_return(&debugger->step, thread->L))
        hook_refresh(debugger, thread);
}

/* Or is the line that rang done already? Then the program stops at its next one. */
static bool is_at_alarm(const struct debugger *debugger, lua_State *L, lua_Debug *event) {
    const struct account *account = &debugger->account;
    lua_getinfo(L, "l", event);
    return (uint32_t)event->currentline ==
           account->ledger.figures->sites[account->alarms.site].line;
}

static void at_count(struct debugger *debugger, struct thread *thread, lua_Debug *event) {
    sig_atomic_t wanted = debugger->attention;
    debugger->attention = 0;
    if (wanted & ATTENTION_LINK && debugger->on_attention != NULL)
        debugger->on_attention(debugger);
    if (debugger->account.alarms.rings && is_at_alarm(debugger, thread->L, event))
        stop_by_alarm(debugger, thread);
    if (debugger->pausing && debugger->attached)
        debugger_stop(debugger, thread->L, &(struct debugger_stop){.reason = DEBUGGER_PAUSE});
    hook_refresh_running(debugger);
    hook_refresh(debugger, thread);
    if (wanted & ATTENTION_INTERRUPT)
        luaL_error(thread->L, "interrupted!");
}

static int mask_of(int event) {
    return event == LUA_HOOKTAILCALL ? LUA_MASKCALL : 1 << event;
}

static void on_event(lua_State *L, lua_Debug *event) {
    struct debugger *debugger = debugger_of(L);
    struct thread *thread = threads_of(&debugger->account.threads, L);
    if (thread == NULL)
        return;
    if (debugger->evaluating) { /* in a coroutine that the code has resumed */
        if (event->event == LUA_HOOKCOUNT)
            debugger->on_evaluating(L);
        return;
    }
    bool users = thread->hook.user != NULL && (thread->hook.user_mask & mask_of(event->event));
    if (event->event == LUA_HOOKCOUNT) {
        bool ours = debugger->attention || debugger->pausing;
        if (ours)
            at_count(debugger, thread, event);
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
    if (users && thread->hook.user != NULL)
        thread->hook.user(L, event);
}
