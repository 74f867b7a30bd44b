/* SPDX-License-Identifier: MIT */
/*
 * The calls that are active now, as a node of the call tree. What may be asked in an allocator is
 * "S", "l" and "n": the first two read the frame's function, "n" the instruction of its caller that
 * made the call, and the constants and debug information that it names. None pushes or allocates,
 * in any Lua 5.4; the other options push values.
 */
#include "account.h"

struct call {
    uint32_t function, line;
};

struct calls {
    size_t count;
    bool any_lua, cut;
    struct call list[STACKS_DEPTH]; /* the innermost first */
};

static struct call call_of(struct account *account, const lua_Debug *frame) {
    struct call_tree *tree = &account->sampling.tree;
    if (*frame->what == 'C')
        return (struct call){call_tree_c_function(tree, frame->name), 0};
    bool is_main = *frame->what == 'm';
    uint32_t source = account_source(account, frame);
    uint32_t defined = is_main ? 0 : (uint32_t)frame->linedefined;
    uint32_t line = frame->currentline > 0 ? (uint32_t)frame->currentline : 0;
    return (struct call){call_tree_function(tree, source, defined, is_main ? NULL : frame->name),
                         line};
}

/* False once there is no room for more. */
static bool add_thread(struct account *account, lua_State *L, struct calls *calls) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        if (calls->count == STACKS_DEPTH) {
            calls->cut = true;
            return false;
        }
        lua_getinfo(L, "Sln", &frame);
        calls->any_lua = calls->any_lua || *frame.what != 'C';
        calls->list[calls->count++] = call_of(account, &frame);
    }
    return true;
}

/* The interpreter's own C function below the script tells nobody anything. */
static void drop_nameless(struct account *account, struct calls *calls) {
    uint32_t nameless = call_tree_c_function(&account->sampling.tree, NULL);
    while (!calls->cut && calls->count > 0 && calls->list[calls->count - 1].function == nameless)
        calls->count--;
}

uint32_t account_site_stack(struct account *account, uint32_t parent, uint32_t site) {
    struct call_tree *tree = &account->sampling.tree;
    const struct figures_site *place = &account->ledger.figures->sites[site];
    uint32_t defined = site < FIGURES_PSEUDO_SITES ? 0 : STACKS_SOME_FUNCTION;
    uint32_t function = call_tree_function(tree, place->source, defined, NULL);
    return call_tree_node(tree, parent, function, place->line);
}

uint32_t account_thread_stack(struct account *account, uint32_t site) {
    uint32_t parent = call_tree_node(&account->sampling.tree, STACKS_ROOT, STACKS_THREAD, 0);
    return account_site_stack(account, parent, site);
}

static uint32_t node_of(struct call_tree *tree, const struct calls *calls) {
    uint32_t node = STACKS_ROOT;
    if (calls->cut)
        node = call_tree_node(tree, node, STACKS_TOO_DEEP, 0);
    for (size_t i = calls->count; i > 0; i--)
        node = call_tree_node(tree, node, calls->list[i - 1].function, calls->list[i - 1].line);
    return node;
}

uint32_t account_current_stack(struct account *account) {
    if (account->building)
        return account_site_stack(account, STACKS_ROOT, account->outside);
    if (account_works(account) && account_work_goes_on(account))
        return account_site_stack(account, STACKS_ROOT, FIGURES_DEBUGGER);
    struct calls calls;
    calls.count = 0;
    calls.any_lua = calls.cut = false;
    size_t place = account->threads.running;
    const struct thread *thread;
    while ((thread = threads_running(&account->threads, &place)) != NULL)
        if (!add_thread(account, thread->L, &calls))
            break;
    if (!calls.any_lua && !calls.cut)
        return account_site_stack(account, STACKS_ROOT, account->outside);
    drop_nameless(account, &calls);
    return node_of(&account->sampling.tree, &calls);
}
