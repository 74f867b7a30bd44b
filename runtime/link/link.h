/* SPDX-License-Identifier: MIT */
/*
 * link: how the adapter and the runtime talk. This folder is the only thing both know.
 *
 * The adapter starts `luaheat-lua` with up to three inherited descriptors, each named by an
 * environment variable that holds its number. The runtime makes them close-on-exec and removes the
 * variables before any Lua code runs. Two more variables are messages:
 *
 *   LINK_ENV_SOCKET   a connected stream socket for the messages below. Without it: no debugging.
 *   LINK_ENV_FIGURES  the shared memory of figures.h (sizeof(struct figures)). Without it: memory
 * off.
 *   LINK_ENV_BELL     the shared memory of bell.h (sizeof(struct bell)). Without it a running
 *                     program is reached by LINK_SIGNAL only.
 *   LINK_ENV_MEASURE  without a socket: what is to be measured, {"collect":true,
 *                     "measurements":[...]}, the arguments of setMeasuring.
 *   LINK_ENV_SIGNALS  "IGNORED:BLOCKED", which signals the script is to find so: sets of bits, the
 *                     lowest is signal 1, as hexadecimal numbers.
 *
 * Another is the user's own, who may set it for luaheat or in a launch configuration:
 *
 *   LINK_ENV_SAMPLING "BYTES" or "BYTES:SEED": the mean distance of samples (stacks.h), 0 for none,
 *                     and the seed of what is random about them.
 *
 * Messages are JSON objects, one a line (LF), at most LINK_MESSAGE_BYTES. They use DAP's own words,
 * so that most bodies pass through the adapter as they are. Lua strings in them have been through
 * text_escape(): always valid UTF-8. Lua integers travel inside strings only.
 *
 * adapter -> runtime   {"seq":7, "command":"setBreakpoints", "arguments":{...}}
 * runtime -> adapter   {"type":"response", "request_seq":7, "success":true, "body":{...}}
 *                      {"type":"response", "request_seq":7, "success":false, "message":"..."}
 *                      {"type":"event", "event":"stopped", "body":{...}}
 *
 * The conversation:
 *   1. The runtime sends event `ready` {"pid", "lua", "problem"?, "line"?}. `problem` is why the
 * script cannot be loaded (no such file, a syntax error), in Lua's words, `line` the one of the
 * script that it names; it will run into it if told to run.
 *   2. The adapter sends any setBreakpoints (it need not wait for `ready`), then the request
 *      `configurationDone` {"stopOnEntry", "noDebug"?, "ansi"?}. The script starts. noDebug
 *      true: nothing stops it, neither breakpoints nor `pause`, which fails. ansi true: values may
 *      hold ANSI colours.
 *   3. Any time: setBreakpoints, setFunctionBreakpoints, setDataBreakpoints, breakpointLocations,
 * setExceptionBreakpoints, setMemoryBreakpoints, luaheat/measure, luaheat/snapshot, setMeasuring,
 * pause. While stopped: dataBreakpointInfo, threads, stackTrace, scopes, variables, evaluate,
 * source, continue, next, stepIn, stepOut. A request that needs a stop and finds the program
 * running fails with message "notStopped". `cancel`
 * {"requestId": seq} any time: the request of that number, waiting or being served, fails with
 * message "cancelled" if it can be ended. `loadedSources` any time. `terminateThreads` while
 * stopped: body {"threadIds", "problem"?}.
 *   4. Events `stopped` (DAP's body), `breakpoint` {"reason":"changed","breakpoint":{...}},
 *      `loadedSource` (DAP's body), `output` (DAP's body) from a breakpoint: the program waits
 *      until the adapter sends `outputShown`, having shown it and all that was printed before.
 * After `stopped`, and after `snapshot` {"name"?}, which comes before the answer to
 * luaheat/snapshot, it waits, if there are figures, until the adapter sends `figuresRead`.
 *   5. Either side may vanish: the other sees the end of the stream. The runtime then ends the
 * process. But a program that has closed the descriptor of its link goes on without it.
 *
 * setBreakpoints: {"source":{"path"}, "breakpoints":[{"id","line",...}]}; ids are the adapter's, as
 * in setFunctionBreakpoints and setDataBreakpoints. One with "mode" "memory: start", "memory: stop"
 * or "memory: lap" opens and closes windows (windows.h) instead of stopping; "logMessage" is then
 * the name of the measurement.
 * luaheat/measure: {"action":"start"|"stop"|"lap"|"clear", "name"}: now. setMeasuring: {"collect",
 * "memoryLimit"?: bytes, before the script starts, "measurements":[{"name", "from":{"path","line"},
 * "to":{"path","line"}?}]} replaces those between places in the code, without "to" laps; answer
 * {"problems":{name:text}}. Answer:
 * {"breakpoints":[{"id","verified","line"?,"message"?,"reason"?}]}, in the same number and order.
 * setExceptionBreakpoints: an option of filter "memory" has {"above":{"heap"|"growth"|"line"|
 * "allocation": bytes}} or {"problem"} in the place of a condition.
 * setMemoryBreakpoints replaces all: {"breakpoints":[{"path","line","growth": bytes}]}.
 * luaheat/snapshot: {"name"?}.
 * luaheat/retainers, while stopped: {"sites":[index in the figures, ...]} or {"expression",
 * "frameId"?}, "limit"?; answer as in docs/measure.md.
 * The other arguments and bodies are DAP's. Stopping while running an execution request (continue,
 * next, ...): its response comes first, then the program runs.
 */
#ifndef LUAHEAT_LINK_LINK_H
#define LUAHEAT_LINK_LINK_H

#define LINK_ENV_SOCKET "LUAHEAT_LINK"
#define LINK_ENV_FIGURES "LUAHEAT_FIGURES"
#define LINK_ENV_BELL "LUAHEAT_BELL"
#define LINK_ENV_MEASURE "LUAHEAT_MEASURE"
#define LINK_ENV_SIGNALS "LUAHEAT_SIGNALS"
#define LINK_ENV_SAMPLING "LUAHEAT_SAMPLING"

/* `luaheat-lua --code-lines FILE` runs nothing: it prints the numbers of the lines that hold code,
   ascending, one a line, and exits with 0; or with 1, having printed why there are none in Lua's
   words. */
#define LINK_CODE_LINES "--code-lines"

/* `luaheat-lua --lua PATH ...` is luaheat-lua with the rest of the arguments, on the shared liblua
   of that path. */
#define LINK_LUA "--lua"

#define LINK_MESSAGE_BYTES (64u << 20)

/* The runtime's variablesReference values lie in 1..LINK_REFERENCES-1; those from here on are the
   adapter's own. DAP wants them below 2^31. */
#define LINK_REFERENCES (1 << 30)

#endif
