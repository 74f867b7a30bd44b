/* SPDX-License-Identifier: MIT */
#include "vm_pc.h"

#include "call_info.h"
#include "release.h"

#include <lauxlib.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

/* Room for the registers that each function leaves as they were, of any machine, in words. */
enum { REGISTERS = 32 };

/* ---- the allocator ---- */

#if defined(__has_attribute) && __has_attribute(no_stack_protector)
#define PLAIN_FRAME __attribute__((noinline, no_sanitize("address"), no_stack_protector))
#else
#define PLAIN_FRAME __attribute__((noinline, no_sanitize("address")))
#endif

/* Has the compiler keep all those registers in this frame, which stays until the answer is there.
 */
PLAIN_FRAME static void *allocate_table(void *ud, void *ptr, size_t osize, size_t nsize,
                                        const void *returns_to) {
    const struct vm_pc_user *user = ud;
    volatile uintptr_t room[REGISTERS];
    room[0] = 0;
    __builtin_unwind_init();
    void *block = user->allocate(ud, ptr, osize, nsize,
                                 (struct vm_pc_call){returns_to, __builtin_dwarf_cfa()});
    (void)room[0];
    return block;
}

void *vm_pc_allocator(void *ud, void *ptr, size_t osize, size_t nsize) {
    const struct vm_pc_user *user = ud;
    const void *returns_to = __builtin_return_address(0);
    if (ptr == NULL && osize == LUA_TTABLE)
        return allocate_table(ud, ptr, osize, nsize, returns_to);
    if (nsize > osize && (ptr != NULL || osize == 0))
        return user->allocate(ud, ptr, osize, nsize, (struct vm_pc_call){returns_to, NULL});
    return user->rest(ud, ptr, osize, nsize);
}

/* ---- saving ---- */

/* Is it behind a constructor of the call's function, and the argument of that? */
static bool is_behind_constructor(const struct vm_pc *vm, const struct call_info *call,
                                  uintptr_t pc) {
    const struct call_info_prototype *prototype = (*call->function)->prototype;
    uintptr_t offset = pc - (uintptr_t)prototype->code;
    return offset % sizeof(uint32_t) == 0 && offset >= 2 * sizeof(uint32_t) &&
           offset < (uintptr_t)prototype->instructions * sizeof(uint32_t) &&
           vm_pc_opcode(((const uint32_t *)pc)[-2]) == vm->new_table;
}

bool vm_pc_save_table(const struct vm_pc *vm, const struct call_info *innermost,
                      struct vm_pc_call how) {
    if (!call_info_executes(innermost) || how.returns_to == vm->again)
        return true;
    if (how.returns_to != vm->makes)
        return false;
    const uint32_t *pc = vm_pc_read(vm, how);
    if (!is_behind_constructor(vm, innermost, (uintptr_t)pc))
        return false;
    call_info_save_pc(innermost, pc);
    return true;
}

/* A call whose record is not there yet asks for that. */
static bool stores_list(const struct vm_pc *vm, const struct call_info *call) {
    return vm_pc_is_before_list(vm, call->saved_pc) &&
           !(vm_pc_opcode(call->saved_pc[-1]) == vm->call && call->next == NULL);
}

void vm_pc_save_list(const struct vm_pc *vm, const struct call_info *innermost,
                     struct vm_pc_call how) {
    if (call_info_executes(innermost) && vm_pc_may_store_list(vm, how) &&
        stores_list(vm, innermost))
        call_info_save_pc(innermost, innermost->saved_pc + 1);
}

/* ---- the trial ---- */

/* Constructors and open lists in every neighbourhood, each on a line of its own. Nothing between
   most of them saves the pc. It runs twice: with a hook, so that Lua tells all lines truly, and
   without. */
static const char program[] = "local few, many, trace, summing = ...\n"
                              "local list = {\n"
                              "  few()\n"
                              "}\n"
                              "local t = {}\n"
                              "for i = 1, 4 do\n"
                              "  if i == 2 then\n"
                              "    t = {}\n"
                              "  elseif i == 3 then\n"
                              "    t = {1, 2, 3}\n"
                              "  else\n"
                              "    t = {x = i, y = {}}\n"
                              "  end\n"
                              "end\n"
                              "list = {\n"
                              "  many()\n"
                              "}\n"
                              "list = {1,\n"
                              "  few()\n"
                              "}\n"
                              "local function open(a, ...)\n"
                              "  local b = {a, {},\n"
                              "    {a, {}}, b = 1}\n"
                              "  local c = {a,\n"
                              "    ...\n"
                              "  }\n"
                              "  c = {x = 1,\n"
                              "    ...\n"
                              "  }\n"
                              "  while not b do\n"
                              "    b = {}\n"
                              "  end\n"
                              "  return {b,\n"
                              "    {c}}\n"
                              "end\n"
                              "list = {x = 1,\n"
                              "  many()\n"
                              "}\n"
                              "open(many())\n"
                              "list = {\n"
                              "  summing + 1\n"
                              "}\n"
                              "list = {\n"
                              "  open(few())\n"
                              "}\n"
                              "for i = 1, 2 do\n"
                              "  t =\n"
                              "    {}\n"
                              "end\n"
                              "setmetatable({}, {__index = function()\n"
                              "  return {}\n"
                              "end})\n"
                              "trace()\n"
                              "t = {}\n";

/* Words of the stack that are looked at (luaV_execute has a large frame where nothing has been
   optimized); what the word may lack, in instructions. */
enum { WORDS = 1024, LACKS = 3 };

enum { MOST_SEEN = 128, LEAST_STALE = 8, MANY = 37, REFUSED = 3 };

/* A value in an array (lobject.h). */
enum {
    VALUE_BYTES = sizeof(union {
                      void *pointer;
                      lua_Integer integer;
                      lua_Number number;
                  }) +
                  sizeof(void *)
};

struct trial {
    struct vm_pc_user user;
    lua_State *L;         /* while the program runs */
    const uintptr_t *end; /* of the stack that belongs to it */
    bool hooked;          /* the first run */
    bool failed;
    bool excluded[WORDS][LACKS]; /* the word did not lack so much each time */
    int tables, stale;
    bool refused;     /* the one before, for want of memory */
    size_t count, at; /* of what the first run has seen; where the second is */
    int lines[MOST_SEEN];
    struct vm_pc found;
};

static int line_of(lua_State *L, const struct call_info *call) {
    lua_Debug frame;
    frame.i_ci = (struct CallInfo *)(uintptr_t)call;
    lua_getinfo(L, "l", &frame);
    return frame.currentline;
}

/* What asks for memory in the first run does so in the second, on the same line. */
static void compare(struct trial *trial, const struct call_info *call) {
    int line = line_of(trial->L, call);
    size_t *place = trial->hooked ? &trial->count : &trial->at;
    if (*place == (trial->hooked ? MOST_SEEN : trial->count)) {
        trial->failed = true;
        return;
    }
    if (trial->hooked)
        trial->lines[*place] = line;
    trial->failed |= trial->lines[(*place)++] != line;
}

/* The hook has had the pc saved behind the constructor; the VM's own is behind its argument. */
__attribute__((no_sanitize("address"))) static void
search(struct trial *trial, const struct call_info *call, const struct vm_pc_call *how) {
    const struct call_info_prototype *prototype = (*call->function)->prototype;
    uintptr_t offset = (uintptr_t)call->saved_pc - (uintptr_t)prototype->code;
    trial->failed |= offset == 0 || offset / sizeof(uint32_t) >= (size_t)prototype->instructions;
    const uintptr_t *first = how->stack - REGISTERS;
    for (size_t place = 0; place < WORDS; place++)
        for (size_t lack = 0; lack < LACKS; lack++)
            if (first + place >= trial->end ||
                first[place] != (uintptr_t)(call->saved_pc + 1 - lack))
                trial->excluded[place][lack] = true;
    trial->found.makes = how->returns_to;
    trial->found.new_table = vm_pc_opcode(call->saved_pc[-1]);
}

static void look_for_table(struct trial *trial, const struct call_info *call,
                           struct vm_pc_call how) {
    int before = trial->hooked ? 0 : line_of(trial->L, call);
    if (trial->refused)
        trial->found.again = how.returns_to;
    else if (trial->hooked && call_info_executes(call))
        search(trial, call, &how);
    else if (!trial->hooked)
        trial->failed |= !vm_pc_save_table(&trial->found, call, how);
    compare(trial, call);
    trial->stale += !trial->hooked && before != line_of(trial->L, call);
}

/* The first is of a call, the last of a vararg. */
static void note_list(struct vm_pc *found, const uint32_t *pc, const void *returns_to) {
    if (found->grows == NULL)
        found->call = vm_pc_opcode(pc[-2]);
    found->vararg = vm_pc_opcode(pc[-2]);
    found->set_list = vm_pc_opcode(pc[-1]);
    found->grows = returns_to;
}

static void look_for_list(struct trial *trial, const struct call_info *call, size_t size,
                          struct vm_pc_call how) {
    if (!trial->hooked)
        vm_pc_save_list(&trial->found, call, how);
    else if (size == (size_t)MANY * VALUE_BYTES)
        note_list(&trial->found, call->saved_pc, how.returns_to);
    compare(trial, call);
}

/* Not of a stack that grows, while no line may be asked for: one is larger than a single value. */
static bool may_ask(const struct call_info *call, const void *ptr, size_t osize) {
    return call != NULL && !(call->status & CALL_INFO_C) && (ptr == NULL || osize == VALUE_BYTES);
}

static void *trial_allocate(void *ud, void *ptr, size_t osize, size_t nsize,
                            struct vm_pc_call how) {
    struct trial *trial = ud;
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    const struct call_info *call = trial->L != NULL ? call_info_innermost(trial->L) : NULL;
    if (!may_ask(call, ptr, osize))
        return realloc(ptr, nsize);
    bool is_table = how.stack != NULL;
    if (is_table)
        look_for_table(trial, call, how);
    else
        look_for_list(trial, call, nsize, how);
    trial->refused = is_table && !trial->refused && ++trial->tables == REFUSED;
    return trial->refused ? NULL : realloc(ptr, nsize);
}

static void *trial_rest(void *ud, void *ptr, size_t osize, size_t nsize) {
    return trial_allocate(ud, ptr, osize, nsize, (struct vm_pc_call){0});
}

static void ignore(lua_State *L, lua_Debug *event) {
    (void)L;
    (void)event;
}

static void make_table(lua_State *L, lua_Debug *event) {
    (void)event;
    lua_newtable(L);
    lua_pop(L, 1);
}

static int few(lua_State *L) {
    lua_settop(L, 2);
    return 2;
}

static int many(lua_State *L) {
    luaL_checkstack(L, MANY, NULL);
    lua_settop(L, MANY);
    return MANY;
}

static int trace(lua_State *L) {
    lua_sethook(L, make_table, LUA_MASKLINE, 0);
    return 0;
}

static int set_metatable(lua_State *L) {
    lua_setmetatable(L, 1);
    return 1;
}

static int try_program(lua_State *L) {
    struct trial *trial = lua_touserdata(L, 1);
    lua_gc(L, LUA_GCSTOP);
    luaL_checkstack(L, 10 * MANY, NULL); /* so that it need not grow in the VM */
    lua_register(L, "setmetatable", set_metatable);
    if (luaL_loadbuffer(L, program, sizeof program - 1, "=trial") != LUA_OK)
        lua_error(L);
    lua_pushcfunction(L, few);
    lua_pushcfunction(L, many);
    lua_pushcfunction(L, trace);
    lua_newuserdatauv(L, 0, 0);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, few);
    lua_setfield(L, -2, "__add");
    lua_setmetatable(L, -2);
    if (trial->hooked)
        lua_sethook(L, ignore, LUA_MASKCOUNT, INT_MAX);
    trial->L = L;
    lua_call(L, 4, 0);
    trial->L = NULL;
    return 0;
}

static bool run(struct trial *trial, bool hooked) {
    trial->end = __builtin_frame_address(0);
    trial->hooked = hooked;
    trial->failed = trial->refused = false;
    trial->tables = trial->stale = 0;
    trial->at = 0;
    int error = release_try(vm_pc_allocator, trial, try_program, trial);
    trial->L = NULL;
    return error == 0 && !trial->failed;
}

/* A word may have been the pc because of the hook only. */
static bool proves(struct trial *trial, size_t place, size_t lack) {
    if (trial->excluded[place][lack])
        return false;
    trial->found.place = (ptrdiff_t)place - REGISTERS;
    trial->found.bytes = lack * sizeof(uint32_t);
    return run(trial, false) && trial->at == trial->count && trial->stale >= LEAST_STALE;
}

static bool prove(struct vm_pc *vm) {
    struct trial trial = {.user = {trial_allocate, trial_rest}};
    bool proven = false;
    if (!call_info_is_proven() || !run(&trial, true))
        return false;
    for (size_t i = 0; i < (size_t)WORDS * LACKS && !proven; i++)
        proven = proves(&trial, i / LACKS, i % LACKS);
    *vm = trial.found;
    return proven;
}

const struct vm_pc *vm_pc_proven(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct vm_pc vm;
    static bool tried, proven;
    pthread_mutex_lock(&lock);
    if (!tried)
        proven = prove(&vm);
    tried = true;
    pthread_mutex_unlock(&lock);
    return proven ? &vm : NULL;
}
