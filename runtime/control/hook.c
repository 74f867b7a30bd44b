/* SPDX-License-Identifier: MIT */
#include "hook.h"

#include "call_info.h"
#include "limit.h"
#include "process.h"
#include "release.h"
#include "statements.h"

#include <limits.h>
#include <stddef.h>

/* What comes while messages are served waits for so many instructions of the thread in which they
   are: who asks without a pause must not hold the program. Other threads may never run so many. */
enum { NEXT_LINK_COUNT = 64 };

/* The mask of a thread whose hook is to be installed again. */
enum { SUSPENDED = -1 };

bool hook_is_wanted(struct debugger *debugger) {
    if (account_owner_hears(&debugger->account.owner))
        debugger->attention |= ATTENTION_LINK;
    if (debugger->leaving)
        debugger->attention |= ATTENTION_HOOK;
    return debugger->attention != 0;
}

bool hook_wants_calls(const struct debugger *debugger) {
    return debugger->breakpoints.verified > 0 || debugger->breakpoints.waiting > 0 ||
           debugger->function_breakpoints.count > 0;
}

/* May no hook of ours be called there? */
static bool must_not_be_called(const struct thread *thread) {
    return thread->closing && release_closes_suspended() && lua_status(thread->L) == LUA_YIELD;
}

/* The main thread never yields. */
static bool can_be_lent(const struct debugger *debugger, const struct thread *thread) {
    return debugger->hosted && thread != debugger->account.threads.first;
}

static bool polls(const struct debugger *debugger, const struct thread *thread) {
    return polling_needs_hook(&debugger->polling) && !can_be_lent(debugger, thread);
}

/* Are breakpoints of lines all that it is about, and can it be told cheaply what runs? */
static bool is_quiet(const struct debugger *debugger, const struct thread_hook *hook) {
    return debugger->attached && hook->user == NULL && debugger->step.kind == STEP_NONE &&
           !debugger->tells_end && debugger->data.count == 0 &&
           debugger->function_breakpoints.count == 0 &&
           debugger->function_breakpoints.thread == NULL &&
           !debugger->account.memory_breakpoints.is_hit && !debugger->evaluating &&
           !debugger->pausing && !debugger->attention && debugger->reads_calls;
}

/* Lines tell of each function that is called, unless its frames are to be followed from the
   beginning. */
static bool lines_tell_of_calls(const struct debugger *debugger, const struct thread_hook *hook) {
    return hook->lines && debugger->breakpoints.followed == 0 && is_quiet(debugger, hook);
}

bool hook_may_sleep(const struct debugger *debugger, const struct thread *thread) {
    return !can_be_lent(debugger, thread) &&
           lines_tell_of_calls(debugger, (const struct thread_hook *)thread->extra);
}

/* Whoever is woken for anything else stays awake: it may be in another function by then. */
static bool sleeps(const struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = hook_of(thread);
    hook->asleep = hook->asleep && hook_may_sleep(debugger, thread);
    return hook->asleep;
}

static int mask_of_own(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = hook_of(thread);
    int mask = hook->user != NULL ? hook->user_mask : 0;
    if (must_not_be_called(thread))
        return account_needs_hook(&debugger->account) ? mask | LUA_MASKCOUNT : mask;
    if (account_needs_hook(&debugger->account) || hook_is_wanted(debugger) ||
        debugger->evaluating || polls(debugger, thread))
        mask |= LUA_MASKCOUNT;
    if (debugger->tells_end && thread == debugger->account.threads.first)
        mask |= LUA_MASKRET;
    if (!debugger->attached)
        return mask;
    if (debugger->pausing)
        mask |= LUA_MASKCOUNT;
    if (hook->breakpoints_version != debugger->breakpoints.version)
        statements_look(debugger, thread);
    if (sleeps(debugger, thread))
        return mask | LUA_MASKCALL | LUA_MASKRET;
    if (hook_wants_calls(debugger) && !lines_tell_of_calls(debugger, hook))
        mask |= LUA_MASKCALL;
    if (hook->lines || debugger->data.count > 0 || debugger->account.memory_breakpoints.is_hit ||
        debugger->function_breakpoints.thread == thread->L)
        mask |= LUA_MASKLINE;
    if (debugger->data.frames > 0)
        mask |= LUA_MASKCALL | LUA_MASKRET;
    return mask | step_mask(&debugger->step, thread->L,
                            threads_in_chain(&debugger->account.threads, thread));
}

static int mask_for(struct debugger *debugger, struct thread *thread) {
    enum { LENT = LUA_MASKCALL | LUA_MASKRET };
    if (hook_of(thread)->lent != NULL)
        return account_needs_hook(&debugger->account) ? LENT | LUA_MASKCOUNT : LENT;
    int mask = mask_of_own(debugger, thread);
    if (can_be_lent(debugger, thread) && !must_not_be_called(thread) &&
        (mask & LUA_MASKLINE || hook_counts_one(debugger, thread)))
        mask |= LUA_MASKCALL;
    return mask;
}

bool hook_counts_one(const struct debugger *debugger, const struct thread *thread) {
    return debugger->attention || debugger->pausing || step_counts(&debugger->step, thread->L);
}

static int count_for(const struct debugger *debugger, struct thread *thread) {
    const struct thread_hook *hook = hook_of(thread);
    bool user_counts = hook->user != NULL && (hook->user_mask & LUA_MASKCOUNT);
    if (must_not_be_called(thread))
        return user_counts ? hook->user_count : INT_MAX;
    if (hook->lent != NULL)
        return INT_MAX;
    if (debugger->evaluating)
        return DEBUGGER_COUNT;
    if (debugger->attention == ATTENTION_LINK && !debugger->pausing &&
        !step_counts(&debugger->step, thread->L))
        return hook->mask == SUSPENDED || hook->count == NEXT_LINK_COUNT ? NEXT_LINK_COUNT : 1;
    if (hook_counts_one(debugger, thread))
        return 1;
    if (user_counts)
        return hook->user_count;
    return can_be_lent(debugger, thread) ? INT_MAX : polling_count(&debugger->polling);
}

static lua_Hook function_for(const struct debugger *debugger, const struct thread_hook *hook,
                             int mask) {
    if (mask == 0)
        return NULL;
    return is_quiet(debugger, hook) ? debugger->on_quiet_event : debugger->on_event;
}

/* All that a signal handler may do. */
static void set_hook(struct thread *thread, lua_Hook function) {
    const struct thread_hook *hook = hook_of(thread);
    lua_sethook(thread->L, function, hook->mask, hook->count);
    thread->hook = lua_gethook(thread->L);
}

/* A call that is told of a hook of lines or counts looks at it until it finds another kind of hook
   there, or none, and so does one that begins meanwhile. */
static void set_hook_quickly(struct thread *thread, lua_Hook function, bool to_all) {
    struct thread_hook *hook = hook_of(thread);
    bool looks = (hook->mask & (LUA_MASKLINE | LUA_MASKCOUNT)) != 0;
    bool quickly = looks && (hook->told || !to_all) && call_info_is_proven();
    if (quickly)
        call_info_set_hook(thread->L, function, hook->mask, hook->count);
    else
        lua_sethook(thread->L, function, hook->mask, hook->count);
    hook->told = looks && (hook->told || !quickly);
    thread->hook = lua_gethook(thread->L);
}

static void install(struct debugger *debugger, struct thread *thread, bool to_all) {
    struct thread_hook *hook = hook_of(thread);
    unsigned known = hook_is_wanted(debugger) ? debugger->attention : 0;
    hook->mask = mask_for(debugger, thread);
    hook->count = count_for(debugger, thread);
    set_hook_quickly(thread, function_for(debugger, hook, hook->mask), to_all);
    if (debugger->attention & ~known && !debugger->evaluating)
        hook_demand(debugger); /* a signal handler may have asked for it meanwhile */
}

/* A C module, or a signal handler of one, may have set a hook of its own, or taken away ours: it
   shares the thread's with us from now on, and what the thread has called meanwhile is looked at.
   Whether it did. */
static bool note_user(const struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = hook_of(thread);
    lua_Hook raw = lua_gethook(thread->L);
    if (raw == thread->hook || raw == debugger->on_event || raw == debugger->on_quiet_event)
        return false;
    hook->breakpoints_version = debugger->breakpoints.version - 1;
    hook->told = false;
    hook->user = raw;
    hook->user_mask = lua_gethookmask(thread->L);
    hook->user_count = lua_gethookcount(thread->L);
    return true;
}

/* What may change without hook_refresh_running. */
static bool is_settled(const struct debugger *debugger, const struct thread *thread) {
    const struct thread_hook *hook = (const struct thread_hook *)thread->extra;
    return !(hook->mask & ~LUA_MASKCOUNT) && hook->user == NULL && !thread->closing &&
           !debugger->hosted && !debugger->evaluating && debugger->attention == 0 &&
           debugger->step.kind == STEP_NONE && !polling_needs_hook(&debugger->polling);
}

void hook_refresh(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = hook_of(thread);
    if (thread->hidden)
        return;
    bool lost = note_user(debugger, thread);
    int mask = mask_for(debugger, thread);
    bool same_count = !(mask & LUA_MASKCOUNT) || hook->count == count_for(debugger, thread);
    if (lost || hook->mask != mask || !same_count ||
        thread->hook != function_for(debugger, hook, mask))
        install(debugger, thread, true);
    hook->wishes = debugger->wishes - !is_settled(debugger, thread);
}

/* A function that holds a breakpoint has never run without being told of lines, so it looks at the
   hook still; the others need not. */
void hook_wake(struct debugger *debugger, struct thread *thread) {
    hook_of(thread)->asleep = false;
    install(debugger, thread, false);
}

void hook_refresh_running(struct debugger *debugger) {
    const struct threads *threads = &debugger->account.threads;
    debugger->wishes++;
    if (debugger->hosted) {
        for (struct thread *thread = threads->first; thread != NULL; thread = thread->next)
            hook_refresh(debugger, thread);
        return;
    }
    for (struct thread *thread = threads->innermost; thread != NULL; thread = thread->resumer)
        hook_refresh(debugger, thread);
}

void hook_adopt_user(struct debugger *debugger, struct thread *thread) {
    note_user(debugger, thread);
    install(debugger, thread, true);
}

static void give_back(struct debugger *debugger, struct thread *thread) {
    struct thread_hook *hook = hook_of(thread);
    if (lua_gethook(thread->L) != limit_hook) /* an evaluation's, which has one of its own */
        note_user(debugger, thread);
    if (thread->hidden)
        lua_sethook(thread->L, NULL, 0, 0);
    else
        lua_sethook(thread->L, hook->user, hook->user_mask, hook->user_count);
    thread->hook = NULL;
    hook->told = false;
}

void hook_give_back(struct debugger *debugger) {
    for (struct thread *thread = debugger->account.threads.first; thread != NULL;
         thread = thread->next)
        give_back(debugger, thread);
}

/* lua_sethook is the one function that may be called from a signal handler (as lua.c does). */
static void demand_of(struct debugger *debugger, struct thread *thread, int mask) {
    struct thread_hook *hook = hook_of(thread);
    if (thread->hidden || hook->mask == SUSPENDED || hook->lent != NULL ||
        must_not_be_called(thread))
        return;
    if (note_user(debugger, thread))
        hook->mask |= hook->user_mask;
    bool can = can_be_lent(debugger, thread);
    bool unseen = can && lua_status(thread->L) == LUA_YIELD && !(hook->mask & LUA_MASKCALL);
    hook->count = unseen ? INT_MAX : 1;
    hook->mask |= unseen ? LUA_MASKCALL | LUA_MASKCOUNT : mask | (can ? LUA_MASKCALL : 0);
    set_hook(thread, debugger->on_event);
}

static void demand(struct debugger *debugger, int mask) {
    const struct threads *threads = &debugger->account.threads;
    debugger->wishes++;
    if (debugger->hosted) {
        for (struct thread *thread = threads->first; thread != NULL; thread = thread->next)
            if (thread->built) /* whichever runs next */
                demand_of(debugger, thread, mask);
        return;
    }
    for (struct thread *thread = threads->innermost; thread != NULL; thread = thread->resumer)
        demand_of(debugger, thread, mask);
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

bool hook_is_lent(struct debugger *debugger, struct thread *thread, const lua_Debug *event) {
    struct thread_hook *hook = hook_of(thread);
    bool calls = event->event == LUA_HOOKCALL || event->event == LUA_HOOKTAILCALL;
    bool yielded = can_be_lent(debugger, thread) && lua_status(thread->L) == LUA_YIELD;
    const void *before = hook->lent;
    if (!yielded || (event->event == LUA_HOOKRET && before == (const void *)event->i_ci))
        hook->lent = NULL;
    else if (calls && before == NULL)
        hook->lent = event->i_ci;
    bool late = !yielded && hook->count == INT_MAX && hook_counts_one(debugger, thread);
    if (hook->lent != before || late)
        hook_refresh(debugger, thread);
    return yielded && (before != NULL || hook->lent != NULL);
}

void hook_suspend(struct thread *thread) {
    lua_sethook(thread->L, NULL, 0, 0);
    thread->hook = NULL;
    hook_of(thread)->mask = SUSPENDED;
}

/* A step is over as soon as the program stops for whatever reason. It is set anew, if at all, while
   the program is stopped. */
bool hook_stop(struct debugger *debugger, lua_State *L, const struct debugger_stop *stop) {
    process_look();
    if (debugger->forked || debugger->leaving)
        return false;
    debugger->at_work++;
    bool stopped = debugger->listener.on_stop(debugger->listener.data, L, stop);
    debugger->at_work--;
    if (stopped || debugger->leaving)
        hook_refresh_running(debugger);
    return stopped;
}

void hook_forked(struct debugger *debugger) {
    account_forked(&debugger->account);
    debugger->forked = true;
    debugger->leaving = debugger->hosted;
    debugger->attached = debugger->pausing = false;
    debugger->attention &= ATTENTION_INTERRUPT;
    if (!account_is_elsewhere(
            &debugger->account)) /* else its state is in the middle of something */
        hook_refresh_running(debugger);
}
