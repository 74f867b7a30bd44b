/* SPDX-License-Identifier: MIT */
#include "contract.h"

#include <stddef.h>
#include <string.h>

#define MEMBERS(...) ((const struct contract_member[]){__VA_ARGS__, {NULL}})
#define NOTHING ((const struct contract_member[]){{NULL}})
#define AS_DAP NULL
#define CHANGES_VALUES true
#define NEEDS(type, name)                                                                          \
    { name, CONTRACT_##type, true, NULL }
#define MAY(type, name)                                                                            \
    { name, CONTRACT_##type, false, NULL }
#define NEEDS_WITH(type, name, ...)                                                                \
    { name, CONTRACT_##type, true, MEMBERS(__VA_ARGS__) }
#define MAY_WITH(type, name, ...)                                                                  \
    { name, CONTRACT_##type, false, MEMBERS(__VA_ARGS__) }

/* What several have. */
#define THREAD NEEDS(COUNT, "threadId")
#define MAY_FORMAT MAY_WITH(OBJECT, "format", MAY(FLAG, "hex"))
#define ANSWERED_BREAKPOINT                                                                        \
    NEEDS(COUNT, "id"), NEEDS(FLAG, "verified"), MAY(COUNT, "line"), MAY(TEXT, "message"),         \
        MAY(TEXT, "reason")
#define BREAKPOINT_SOURCE                                                                          \
    NEEDS_WITH(OBJECT, "source", MAY(TEXT, "path"), MAY(COUNT, "sourceReference"),                 \
               MAY(TEXT, "name"))
#define BREAKPOINTS(...) MEMBERS(NEEDS_WITH(OBJECTS, "breakpoints", __VA_ARGS__))
#define PLACE(required, name)                                                                      \
    { name, CONTRACT_OBJECT, required, MEMBERS(NEEDS(TEXT, "path"), NEEDS(COUNT, "line")) }

const struct contract_request contract_requests[] = {
    /* ---- how the program runs ---- */
    /* The script starts. noDebug: nothing stops it, neither breakpoints nor `pause`, which fails.
       ansi: values may hold ANSI colours. */
    {"configurationDone", CONTRACT_ANY_TIME,
     MEMBERS(MAY(FLAG, "stopOnEntry"), MAY(FLAG, "noDebug"), MAY(FLAG, "ansi")), NOTHING},
    /* The answer comes first, then the program runs. */
    {"continue", CONTRACT_STOPPED, MEMBERS(THREAD), NOTHING},
    {"next", CONTRACT_STOPPED, MEMBERS(THREAD), NOTHING},
    {"stepIn", CONTRACT_STOPPED, MEMBERS(THREAD), NOTHING},
    {"stepOut", CONTRACT_STOPPED, MEMBERS(THREAD), NOTHING},
    /* The answer comes at once; the stop follows. */
    {"pause", CONTRACT_ANY_TIME, NOTHING, NOTHING},
    /* The request of that number, waiting or being served, fails with "cancelled" if it can be
       ended. */
    {"cancel", CONTRACT_ANY_TIME, MEMBERS(NEEDS(COUNT, "requestId")), NOTHING},
    /* Nobody debugs the program any more, which was there before and goes on, stopped or not, as if
       nobody had. The answer comes first, then the end of the link. suspend: it does not go on, but
       waits where it is, or where it next runs Lua, until somebody else debugs it; refused, if
       nobody could come. */
    {"detach", CONTRACT_ANY_TIME, MEMBERS(MAY(FLAG, "suspend")), NOTHING},
    /* threadIds: those that have ended; problem: what a handler of theirs has thrown. */
    {"terminateThreads", CONTRACT_STOPPED, MEMBERS(NEEDS(COUNTS, "threadIds")),
     MEMBERS(NEEDS(COUNTS, "threadIds"), MAY(TEXT, "problem")), CHANGES_VALUES},

    /* ---- breakpoints: each replaces all of its kind, or of its source. The ids are the adapter's;
       the answer has as many, in the same order ---- */
    /* source: of a file its path; of code that was loaded as a string its sourceReference and its
       name. mode: "memory: start", "memory: stop" or "memory: lap" opens and closes windows
       (windows.h) instead of stopping; logMessage is then the name of the measurement. */
    {"setBreakpoints", CONTRACT_ANY_TIME,
     MEMBERS(BREAKPOINT_SOURCE,
             NEEDS_WITH(OBJECTS, "breakpoints", NEEDS(COUNT, "id"), NEEDS(COUNT, "line"),
                        MAY(TEXT, "condition"), MAY(TEXT, "hitCondition"), MAY(TEXT, "logMessage"),
                        MAY(TEXT, "mode"))),
     BREAKPOINTS(ANSWERED_BREAKPOINT)},
    {"breakpointLocations", CONTRACT_ANY_TIME,
     MEMBERS(BREAKPOINT_SOURCE, NEEDS(COUNT, "line"), MAY(COUNT, "endLine")), AS_DAP},
    {"setFunctionBreakpoints", CONTRACT_ANY_TIME,
     BREAKPOINTS(NEEDS(COUNT, "id"), NEEDS(TEXT, "name"), MAY(TEXT, "condition"),
                 MAY(TEXT, "hitCondition")),
     BREAKPOINTS(ANSWERED_BREAKPOINT)},
    {"dataBreakpointInfo", CONTRACT_STOPPED,
     MEMBERS(NEEDS(TEXT, "name"), MAY(COUNT, "variablesReference"), MAY(COUNT, "frameId")), AS_DAP},
    {"setDataBreakpoints", CONTRACT_ANY_TIME,
     BREAKPOINTS(NEEDS(COUNT, "id"), NEEDS(TEXT, "dataId"), MAY(TEXT, "accessType"),
                 MAY(TEXT, "condition"), MAY(TEXT, "hitCondition")),
     BREAKPOINTS(ANSWERED_BREAKPOINT)},
    /* The filter "memory" has, in the place of a condition, bytes; or why its condition is none. */
    {"setExceptionBreakpoints", CONTRACT_ANY_TIME,
     MEMBERS(MAY(TEXTS, "filters"),
             MAY_WITH(OBJECTS, "filterOptions", NEEDS(TEXT, "filterId"), MAY(TEXT, "condition"),
                      MAY_WITH(OBJECT, "above", MAY(NUMBER, "heap"), MAY(NUMBER, "growth"),
                               MAY(NUMBER, "line"), MAY(NUMBER, "allocation")),
                      MAY(TEXT, "problem"))),
     BREAKPOINTS(NEEDS(FLAG, "verified"), MAY(TEXT, "message"))},
    /* growth: bytes. */
    {"setMemoryBreakpoints", CONTRACT_ANY_TIME,
     BREAKPOINTS(NEEDS(TEXT, "path"), NEEDS(COUNT, "line"), NEEDS(NUMBER, "growth")), NOTHING},

    /* ---- looking at a program that is stopped ---- */
    {"threads", CONTRACT_STOPPED, NOTHING, AS_DAP},
    {"stackTrace", CONTRACT_STOPPED,
     MEMBERS(THREAD, MAY(COUNT, "startFrame"), MAY(COUNT, "levels")), AS_DAP},
    {"scopes", CONTRACT_STOPPED, MEMBERS(NEEDS(COUNT, "frameId")), AS_DAP},
    {"variables", CONTRACT_STOPPED,
     MEMBERS(NEEDS(COUNT, "variablesReference"), MAY(TEXT, "filter"), MAY(COUNT, "start"),
             MAY(COUNT, "count"), MAY_FORMAT),
     AS_DAP},
    /* In context "repl" it changes values, too. */
    {"evaluate", CONTRACT_STOPPED,
     MEMBERS(NEEDS(TEXT, "expression"), MAY(COUNT, "frameId"), MAY(TEXT, "context"), MAY_FORMAT),
     AS_DAP},
    {"setVariable", CONTRACT_STOPPED,
     MEMBERS(NEEDS(COUNT, "variablesReference"), NEEDS(TEXT, "name"), NEEDS(TEXT, "value"),
             MAY_FORMAT),
     AS_DAP, CHANGES_VALUES},
    {"setExpression", CONTRACT_STOPPED,
     MEMBERS(NEEDS(TEXT, "expression"), NEEDS(TEXT, "value"), MAY(COUNT, "frameId"), MAY_FORMAT),
     AS_DAP, CHANGES_VALUES},
    {"completions", CONTRACT_STOPPED,
     MEMBERS(NEEDS(TEXT, "text"), NEEDS(COUNT, "column"), MAY(COUNT, "line"),
             MAY(COUNT, "frameId")),
     AS_DAP},
    {"exceptionInfo", CONTRACT_STOPPED, MEMBERS(THREAD), AS_DAP},
    {"readMemory", CONTRACT_STOPPED,
     MEMBERS(NEEDS(TEXT, "memoryReference"), NEEDS(COUNT, "count"), MAY(NUMBER, "offset")), AS_DAP},
    {"writeMemory", CONTRACT_STOPPED,
     MEMBERS(NEEDS(TEXT, "memoryReference"), NEEDS(TEXT, "data"), MAY(NUMBER, "offset"),
             MAY(FLAG, "allowPartial")),
     AS_DAP},
    {"locations", CONTRACT_STOPPED, MEMBERS(NEEDS(COUNT, "locationReference")), AS_DAP},
    {"source", CONTRACT_STOPPED,
     MEMBERS(MAY(COUNT, "sourceReference"),
             MAY_WITH(OBJECT, "source", MAY(TEXT, "path"), MAY(COUNT, "sourceReference"))),
     AS_DAP},
    {"loadedSources", CONTRACT_ANY_TIME, NOTHING, AS_DAP},

    /* ---- memory ---- */
    /* Who holds what the sites (of the figures, by index) have allocated, or a value. Its answer:
       docs/measure.md. */
    {"luaheat/retainers", CONTRACT_STOPPED,
     MEMBERS(MAY(COUNTS, "sites"), MAY(TEXT, "expression"), MAY(COUNT, "frameId"),
             MAY(COUNT, "limit"), MAY(COUNT, "shape"), MAY(COUNT, "start"), MAY(COUNT, "count")),
     MEMBERS(NEEDS(NUMBER, "walked"), NEEDS(NUMBER, "found"), NEEDS(NUMBER, "groups"),
             MAY(NUMBER, "unseenFrames"), MAY(NUMBER, "live"), MAY(NUMBER, "reached"),
             MAY(NUMBER, "bytes"), MAY(NUMBER, "retained"), MAY(NUMBER, "shapeCount"),
             {"holders", CONTRACT_OBJECTS, true, AS_DAP},
             {"shapes", CONTRACT_OBJECTS, false, AS_DAP}, {"shape", CONTRACT_OBJECT, false, AS_DAP},
             {"paths", CONTRACT_OBJECTS, false, AS_DAP})},
    /* The tables that retain most, or (sort: "bytes") have most; strings that there are many times.
       Their answers: docs/measure.md. */
    {"luaheat/largestTables", CONTRACT_STOPPED, MEMBERS(MAY(COUNT, "limit"), MAY(TEXT, "sort")),
     MEMBERS(NEEDS(NUMBER, "walked"), MAY(NUMBER, "unseenFrames"), NEEDS(NUMBER, "tableCount"),
             {"tables", CONTRACT_OBJECTS, true, AS_DAP})},
    {"luaheat/equalStrings", CONTRACT_STOPPED, MEMBERS(MAY(COUNT, "limit")),
     MEMBERS(NEEDS(NUMBER, "walked"), MAY(NUMBER, "unseenFrames"), NEEDS(NUMBER, "groupCount"),
             NEEDS(NUMBER, "saved"), {"strings", CONTRACT_OBJECTS, true, AS_DAP})},
    /* All that is alive, in a file of V8's heap snapshots. objects: how many; bytes: theirs. */
    {"luaheat/heapSnapshot", CONTRACT_STOPPED, MEMBERS(NEEDS(TEXT, "path")),
     MEMBERS(NEEDS(TEXT, "path"), NEEDS(NUMBER, "objects"), NEEDS(NUMBER, "bytes"))},
    /* action: "start", "stop", "lap" or "clear", now. */
    {"luaheat/measure", CONTRACT_STARTED, MEMBERS(NEEDS(TEXT, "action"), NEEDS(TEXT, "name")),
     NOTHING},
    /* Replaces the measurements between places in the code; those without "to" lap. memoryLimit:
       bytes, before the script starts. Without a link it is to be told at the end of the script, or
       at its peak, why: who holds what that line has allocated; largest: up to so many of the
       largest tables and of equal strings. problems: a text by the name of the measurement. */
    {"setMeasuring", CONTRACT_ANY_TIME,
     MEMBERS(MAY(FLAG, "collect"), MAY(COUNT, "warmup"), MAY(NUMBER, "memoryLimit"),
             MAY_WITH(OBJECT, "why", NEEDS(TEXT, "path"), NEEDS(COUNT, "line")), MAY(FLAG, "peak"),
             MAY_WITH(OBJECTS, "measurements", NEEDS(TEXT, "name"), PLACE(true, "from"),
                      PLACE(false, "to"))),
     MEMBERS(NEEDS(OBJECT, "problems"))},
    /* The event `snapshot` comes before the answer. */
    {"luaheat/snapshot", CONTRACT_STARTED, MEMBERS(MAY(TEXT, "name")), NOTHING},

    /* A full garbage collection, now; finalizers run. Answer: Lua's own count of bytes. */
    {"luaheat/collect", CONTRACT_STARTED, NOTHING,
     MEMBERS(NEEDS(NUMBER, "before"), NEEDS(NUMBER, "after")), CHANGES_VALUES},

    /* ---- what the program waits for ---- */
    /* All of an event `output` has been shown, and all that was printed before. */
    {"outputShown", CONTRACT_ANY_TIME, NOTHING, NOTHING},
    /* The figures have been read, after an event `stopped` or `snapshot`. */
    {"figuresRead", CONTRACT_ANY_TIME, NOTHING, NOTHING},
    {NULL},
};

const struct contract_event contract_events[] = {
    /* problem: why the script cannot be loaded (no such file, a syntax error), in Lua's words,
       line: the one of the script that it names. If told to run it will run into it. lua: its
       release. attached: the program was there before, and runs on. */
    {"ready", MEMBERS(NEEDS(COUNT, "pid"), NEEDS(TEXT, "lua"), MAY(FLAG, "attached"),
                      MAY(TEXT, "problem"), MAY(COUNT, "line"))},
    {"stopped",
     MEMBERS(NEEDS(TEXT, "reason"), NEEDS(COUNT, "threadId"), NEEDS(FLAG, "allThreadsStopped"),
             MAY(COUNTS, "hitBreakpointIds"), MAY(TEXT, "description"), MAY(TEXT, "text"))},
    {"breakpoint",
     MEMBERS(NEEDS(TEXT, "reason"), NEEDS_WITH(OBJECT, "breakpoint", ANSWERED_BREAKPOINT))},
    {"loadedSource", MEMBERS(NEEDS(TEXT, "reason"), {"source", CONTRACT_OBJECT, true, AS_DAP})},
    /* A breakpoint prints: the program waits for `outputShown`. */
    {"output", MEMBERS(NEEDS(TEXT, "category"), NEEDS(TEXT, "output"),
                       {"source", CONTRACT_OBJECT, false, AS_DAP}, MAY(COUNT, "line"))},
    /* It is about to end, with this exit code, which whoever is not its parent is not told. Said
       again, the last is right. */
    {"exits", MEMBERS(NEEDS(COUNT, "exitCode"))},
    /* The program waits for `figuresRead`, as it does after `stopped`, if there are figures. */
    {"snapshot", MEMBERS(MAY(TEXT, "name"))},
    /* While the request of that number is served: how many objects of the heap have been looked at,
       of how many, some of which may be garbage. */
    {"walking", MEMBERS(NEEDS(COUNT, "requestId"), NEEDS(NUMBER, "objects"), MAY(NUMBER, "all"))},
    {NULL},
};

const struct contract_request *contract_find_request(const char *command) {
    for (const struct contract_request *row = contract_requests; row->command != NULL; row++)
        if (strcmp(row->command, command) == 0)
            return row;
    return NULL;
}

const struct contract_event *contract_find_event(const char *name) {
    for (const struct contract_event *row = contract_events; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}
