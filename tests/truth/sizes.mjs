// SPDX-License-Identifier: MIT
// What Lua 5.4's objects weigh on a 64-bit machine, in bytes. Each number is read off the structs in
// Lua's own lobject.h, lstate.h and lfunc.h (pointer 8, int 4, lu_byte 1), not off any measurement.
//
//   CommonHeader   = next 8 + tt 1 + marked 1
//   Value          = 8; TValue = Value + tt 1, padded: 16
//   Node           = Value 8 + tt 1 + key tt 1 + next 4 + key Value 8: 24
//   Table          = CommonHeader + flags, lsizenode, alimit (16) + array, node, lastfree, gclist,
//                    metatable (5 * 8): 56
//   TString        = CommonHeader + extra, shrlen, hash (16) + len or hnext 8, then bytes and NUL
//   LClosure       = CommonHeader + nupvalues (16) + gclist 8 + proto 8, then UpVal * each
//   CClosure       = the same with a lua_CFunction, then a TValue each
//   UpVal          = CommonHeader (16) + v 8 + two pointers or the closed TValue 16: 40
//   Udata          = CommonHeader + nuvalue (16) + len 8 + metatable 8, and gclist 8 with TValues
//   CallInfo       = func, top, previous, next (4 * 8) + union of 24 + union, nresults,
//                    callstatus 8: 64
//   lua_State      = 192 up to 5.4.2, 200 from 5.4.3 on (it got tbclist), after LUA_EXTRASPACE 8
//   stack          = BASIC_STACK_SIZE (2 * LUA_MINSTACK 20) + EXTRA_STACK 5 slots of 16

const TVALUE = 16;
const NODE = 24;
const UPVALUE = 40;
const LUAL_BUFFERSIZE = 16 * 8 * 8;

function powerOf2(n) {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

/** The names that expectations may use, for Lua 5.4.`release`. */
export function sizes(release) {
  const threeUp = release >= 3;
  const userdata = (bytes, values) => (values === 0 ? 32 : 40 + TVALUE * values) + bytes;
  return {
    TABLE: 56,
    TVALUE,
    NODE,
    UPVALUE,
    STRING: (length) => 24 + length + 1,
    CLOSURE: (upvalues) => 32 + 8 * upvalues,
    CCLOSURE: (upvalues) => 32 + TVALUE * upvalues,
    USERDATA: userdata,
    THREAD: threeUp ? 208 : 200,
    STACK: 45 * 16,
    CALLINFO: 64,

    // Array and hash parts of n entries each made in one go; a hash part has 2^k nodes.
    ARRAY: (n) => TVALUE * n,
    NODES: (n) => NODE * powerOf2(n),

    // An array part grown one by one from nothing to n: blocks of 1, 2, 4 ... entries, each grown from
    // the one before. All that was allocated, what of it is left, and how often that was.
    GROWN_ARRAY: (n) => TVALUE * (2 * powerOf2(n) - 1),
    GROWN_TO: (n) => TVALUE * powerOf2(n),
    GROWTHS: (n) => Math.log2(powerOf2(n)) + 1,

    // A luaL_Buffer that outgrew its LUAL_BUFFERSIZE bytes on the C stack: a userdata that holds a
    // block. Up to 5.4.2 closing it costs an upvalue too (luaF_newtbcupval).
    BOX: userdata(16, 0),
    BUFFERSIZE: LUAL_BUFFERSIZE,

    // What a variable with <close> costs where it is declared.
    TO_BE_CLOSED: threeUp ? 0 : UPVALUE,
    RELEASE: release,
  };
}
