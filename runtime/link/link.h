/* SPDX-License-Identifier: MIT */
/*
 * link: how the adapter and the runtime talk. This folder is the only thing both know.
 *
 * The adapter starts `luaheat-lua` with up to four inherited descriptors, each named by an
 * environment variable that holds its number. The runtime makes them close-on-exec and removes the
 * variables before any Lua code runs. Two more variables are messages:
 *
 *   LINK_ENV_SOCKET   a connected stream socket for the messages below. Without it: no debugging.
 *   LINK_ENV_FIGURES  the shared memory of figures.h (sizeof(struct figures)). Without it: memory
 *                     off.
 *   LINK_ENV_BELL     the shared memory of bell.h (sizeof(struct bell)). Without it a running
 *                     program is reached by LINK_SIGNAL only.
 *   LINK_ENV_ANSWER   without a socket: shared memory of LINK_ANSWER_BYTES, for what is to be told
 *                     (below): a JSON object, with a member for each that is asked. "why" is the
 *                     answer of luaheat/retainers; "largest" has "tables" and "strings", those of
 *                     luaheat/largestTables and luaheat/equalStrings. Each has "at", the moment it
 *                     is of, and "heap", the program's bytes then. It is in one of the halves,
 *                     behind a byte '1', however the program ends; in none: there was no such
 *                     moment.
 *   LINK_ENV_MEASURE  without a socket: what is to be measured, and told: the arguments of
 *                     setMeasuring, {"collect":true, "measurements":[...], "peak":true,
 *                     "why":{...}, "largest":{...}}.
 *   LINK_ENV_SIGNALS  "IGNORED:BLOCKED", which signals the script is to find so: sets of bits, the
 *                     lowest is signal 1, as hexadecimal numbers.
 *
 * Another is the user's own, who may set it for luaheat or in a launch configuration:
 *
 *   LINK_ENV_SAMPLING "BYTES" or "BYTES:SEED": the mean distance of samples (stacks.h), 0 for none,
 *                     and the seed of what is random about them; or a word, LINK_STACKS_....
 *
 * Messages are JSON objects, one a line (LF), at most LINK_MESSAGE_BYTES. All that is said, with
 * the arguments of each, stands in contract.h. Most of it is DAP's own, so that it passes through
 * the adapter as it is. Lua strings in messages have been through text_escape(): always valid
 * UTF-8. Lua integers travel inside strings only.
 *
 * adapter -> runtime   {"seq":7, "command":"setBreakpoints", "arguments":{...}}
 * runtime -> adapter   {"type":"response", "request_seq":7, "success":true, "body":{...}}
 *                      {"type":"response", "request_seq":7, "success":false, "message":"..."}
 *                      {"type":"event", "event":"stopped", "body":{...}}
 *
 * A request that needs a stop and finds the program running fails with message "notStopped", one
 * that was cancelled with "cancelled". Other messages are words for the user.
 *
 * The conversation:
 *   1. The runtime sends the event `ready`.
 *   2. The adapter sends what is to be set before the script starts (it need not wait for `ready`),
 *      then the request `configurationDone`. The script starts.
 *   3. Requests come and are answered one after the other, also while the program runs and while it
 *      is stopped. After an event `stopped` it is, until a request makes it go on; that is answered
 *      first.
 *   4. After some events the program waits: after `output` for `outputShown`; after `stopped` and
 *      `snapshot`, if there are figures, for `figuresRead`.
 *   5. Either side may vanish: the other sees the end of the stream. The runtime then ends the
 *      process. But a program that has closed the descriptor of its link goes on without it.
 *
 * A program that the adapter has not started has inherited nothing: the two meet over a Unix
 * socket. The adapter connects to one that the program listens at (doors.h), or the program to one
 * of the adapter's:
 *
 *   LINK_ENV_CONNECT  the path of that socket, for one connection. The runtime removes the
 *                     variable.
 *
 * Whoever connects, each makes sure that the other is of the same user, or root, and then the
 * adapter speaks first, with the descriptors by SCM_RIGHTS in the order in which they are named:
 *
 *   {"type":"greeting", "version":"...", "descriptors":["bell","life","figures"]}
 *
 * A line as all others, but of at most LINK_GREETING_BYTES, after which the adapter is silent until
 * `ready`. version: LUAHEAT_VERSION; both must be of the same. `bell` and `figures` are what
 * LINK_ENV_BELL and LINK_ENV_FIGURES name, and may be missing; `life` is the read end of a pipe
 * whose write end only the adapter holds: its end tells that the adapter is gone. It may have the
 * members "measure" and "sampling": texts, what LINK_ENV_MEASURE and LINK_ENV_SAMPLING hold. A
 * runtime that cannot be talked to (it is of another version, another adapter is there already)
 * says so as the problem of its event `ready`, which then has no "lua", and closes. It drops who
 * has not greeted within LINK_GREETING_MS, or has said something else.
 *
 * Children of a program that is debugged may be debugged, too, each by an adapter of its own:
 *
 *   LINK_ENV_PARENT   the path of a socket of the session, in a folder of the user's own. It stays
 *                     in the environment, for their own children.
 *
 * Who finds it, and has been handed nothing, makes a socket beside it, connects and says a line:
 *
 *   {"type":"child", "pid":123, "name":"worker.lua", "socket":"/tmp/luaheat-x/link.sock.123"}
 *
 * The session has its client start another session, whose adapter connects to that socket and
 * greets. It answers "yes\n" once that has been started, and closes; or it only closes: then
 * nobody comes. Then, and after LINK_JOIN_MS, the child runs by itself. To one that has been met
 * the end of the link is what `detach` is.
 */
#ifndef LUAHEAT_LINK_LINK_H
#define LUAHEAT_LINK_LINK_H

#define LINK_ENV_SOCKET "LUAHEAT_LINK"
#define LINK_ENV_FIGURES "LUAHEAT_FIGURES"
#define LINK_ENV_BELL "LUAHEAT_BELL"
#define LINK_ENV_ANSWER "LUAHEAT_ANSWER"
#define LINK_ENV_MEASURE "LUAHEAT_MEASURE"
#define LINK_ENV_SIGNALS "LUAHEAT_SIGNALS"
#define LINK_ENV_SAMPLING "LUAHEAT_SAMPLING"

/* Words in the place of numbers there: what people choose. */
#define LINK_STACKS_SAMPLED "sampled"
#define LINK_STACKS_ALL "all"
#define LINK_STACKS_OFF "off"
#define LINK_ENV_CONNECT "LUAHEAT_CONNECT"
#define LINK_ENV_PARENT "LUAHEAT_PARENT"

#define LINK_BELL "bell"
#define LINK_LIFE "life"
#define LINK_FIGURES "figures"

enum { LINK_DESCRIPTORS = 3, LINK_GREETING_BYTES = 1 << 16, LINK_GREETING_MS = 5000 };

/* How long a child waits for the adapter that it has been promised. */
enum { LINK_JOIN_MS = 5000 };

/* Set by the adapter for another program that it starts, with LINK_ENV_LUA_INIT: a stock lua5.4 is
   to load the module before anything else. What the user's own LINK_LUA_INIT was stands behind a
   "=" in the latter; "-": there was none. Whoever takes what was inherited puts it back. */
#define LINK_LUA_INIT "LUA_INIT_5_4"
#define LINK_ENV_LUA_INIT "LUAHEAT_LUA_INIT"

/* What the module has for that: a function for Lua without arguments or results. */
#define LINK_LUA_INIT_FUNCTION "luaheat_lua_init"

/* `luaheat-lua --code-lines FILE` runs nothing: it prints the numbers of the lines that hold code,
   ascending, one a line, and exits with 0; or with 1, having printed why there are none in Lua's
   words. */
#define LINK_CODE_LINES "--code-lines"

/* `luaheat-lua --lua PATH ...` is luaheat-lua with the rest of the arguments, on the shared liblua
   of that path. */
#define LINK_LUA "--lua"

/* What the file of luaheat-lua has in it, the one behind the other, and no other file: so it is
   known from other programs without being run. */
#define LINK_MARK "This program is "
#define LINK_MARK_END "luaheat-lua, and not another.\n"

#define LINK_MESSAGE_BYTES (64u << 20)
#define LINK_ANSWER_BYTES ((size_t)2 << 20)

/* At its end, behind the two halves: a uint64_t, how many objects the walk that is under way has
   reached; 0: none is. */
#define LINK_ANSWER_REACHED (LINK_ANSWER_BYTES - 8)
#define LINK_ANSWER_HALF (LINK_ANSWER_REACHED / 2)

/* The runtime's variablesReference values lie in 1..LINK_REFERENCES-1; those from here on are the
   adapter's own. DAP wants them below 2^31. */
#define LINK_REFERENCES (1 << 30)

#endif
