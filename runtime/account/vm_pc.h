/* SPDX-License-Identifier: MIT */
/*
 * vm_pc: the pc of Lua's VM where Lua has not saved it.
 *
 * Of all instructions that ask for memory two do not save the pc first, so that the line that runs
 * would be told wrongly: a table's constructor (OP_NEWTABLE), and the storing of an open list
 * (OP_SETLIST), whose call or vararg in front has saved its own. A hook would make the VM save it
 * at each instruction, for twice the time. But the VM needs its pc when the allocator returns: it
 * stands in a register that each function leaves as it was, or on the C stack, and always in the
 * same place. Which one, the liblua that is loaded is asked once, by a trial; where there is none
 * that stands every trial, the hook has to be.
 *
 * So the allocator saves the pc in place of the VM, and who asks Lua for the line is told the
 * truth. To the program nothing changes: the VM itself saves it there whenever it likes.
 */
#ifndef LUAHEAT_ACCOUNT_VM_PC_H
#define LUAHEAT_ACCOUNT_VM_PC_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call_info;

/* How the allocator was called. */
struct vm_pc_call {
    const void *returns_to; /* in liblua */
    const uintptr_t *stack; /* where the caller's part of the C stack begins. It goes on upwards;
                               downwards are its registers. NULL: it is not of a table */
};

typedef void *vm_pc_allocate(void *ud, void *ptr, size_t osize, size_t nsize,
                             struct vm_pc_call how);

/* What the ud of vm_pc_allocator begins with. */
struct vm_pc_user {
    vm_pc_allocate *allocate; /* a table, or what may be a part of one: new, or larger */
    lua_Alloc rest;           /* all else */
};

/* The one lua_Alloc for which a proof holds. */
void *vm_pc_allocator(void *ud, void *ptr, size_t osize, size_t nsize);

/* Is it that, for who allocates so? */
static inline bool vm_pc_leads_to(lua_Alloc allocator, const void *ud, vm_pc_allocate *allocate) {
    return allocator == vm_pc_allocator && ((const struct vm_pc_user *)ud)->allocate == allocate;
}

/* Where a liblua has it. */
struct vm_pc {
    const void *makes; /* returns there, of who makes an object; */
    const void *again; /* the same, asked once more because memory was out; NULL: as `makes`; */
    const void *grows; /* and of who makes an array grow */
    ptrdiff_t place;   /* on the stack, in words, when a table is made: it is the pc ... */
    size_t bytes;      /* ... less so many, if the compiler has put off counting it up */
    unsigned new_table, set_list, call, vararg; /* opcodes */
};

/* What the loaded liblua has proven; NULL: nothing. It is tried once. */
const struct vm_pc *vm_pc_proven(void);

/* The low bits of an instruction (lopcodes.h). */
static inline unsigned vm_pc_opcode(uint32_t instruction) {
    return instruction & 0x7f;
}

/* Is the saved pc between a call or a vararg, which code never ends with, and an instruction that
   stores an open list? Its B is 0 (lopcodes.h). */
static inline bool vm_pc_is_before_list(const struct vm_pc *vm, const uint32_t *pc) {
    unsigned before = vm_pc_opcode(pc[-1]);
    return (before == vm->call || before == vm->vararg) && vm_pc_opcode(*pc) == vm->set_list &&
           (*pc >> 16 & 0xff) == 0;
}

/* Storing a list makes the array grow, and the hash anew. */
static inline bool vm_pc_may_store_list(const struct vm_pc *vm, struct vm_pc_call how) {
    return how.returns_to == vm->grows || how.returns_to == vm->makes;
}

/* The pc, if it is who makes an object that called, for a table of such a call. Frames of others
   are read, which AddressSanitizer would not have. */
__attribute__((no_sanitize("address"))) static inline const uint32_t *
vm_pc_read(const struct vm_pc *vm, struct vm_pc_call how) {
    return (const uint32_t *)(how.stack[vm->place] + vm->bytes);
}

/* The innermost call of the state runs, and asks for a table: if it is a Lua function's, its pc is
   saved after this. False: who knows; somebody else stands between the VM and the allocator. Once
   it is proven. */
bool vm_pc_save_table(const struct vm_pc *vm, const struct call_info *innermost,
                      struct vm_pc_call how);

/* The same of what may be a part of a table in which a list is stored. It needs no place. */
void vm_pc_save_list(const struct vm_pc *vm, const struct call_info *innermost,
                     struct vm_pc_call how);

#endif
