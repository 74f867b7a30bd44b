/* SPDX-License-Identifier: MIT */
/*
 * frames: the threads and the function calls on their stacks, as a client names them (DAP's
 * threadId and frameId).
 *
 * A frame of the stopped thread cannot go away while the program is stopped. One of another
 * coroutine can: an evaluation may have resumed it. It is looked up afresh each time.
 */
#ifndef LUAHEAT_INSPECT_FRAMES_H
#define LUAHEAT_INSPECT_FRAMES_H

#include "coroutine.h"
#include "frame.h"
#include "handles.h"
#include "inspect.h"

#include <lua.h>
#include <stdbool.h>

/* What is remembered from stop to stop. All zero at first. */
struct frames_history {
    int last;           /* id given: one of an earlier stop is recognised */
    int depth;          /* of the stopped thread's stack */
    lua_CFunction root; /* the host's, that the main thread runs everything from; NULL: unknown */
};

/* One that has an id. */
struct frames_item {
    struct frame frame;
    lua_State *resumed; /* not NULL: it is shown below the frames of that coroutine, as who has
                           resumed it */
};

/* Those of a thread that are shown: from level `first` on. What caught an error on top of them is
   not, nor is the host's own function at the bottom. */
struct frames_range {
    int first, count;
};

struct frames {
    struct coroutines coroutines;
    struct frames_history *history;
    lua_State *thrower; /* the thread that threw the error which stopped the program; or NULL */
    int throwers;       /* frames on top of it that are not shown */
    bool counted;       /* those of the stopped thread, which stay as they are: */
    struct frames_range shown;
    struct frame reached; /* the one of them that was asked for last; its L is NULL: none */
    struct handles items; /* struct frames_item */
};

/* The history lives as long as the frames. */
void frames_init(struct frames *frames, const struct coroutines *coroutines,
                 struct frames_history *history);
void frames_finish(struct frames *frames);

/* An error, thrown in this thread, stopped the program. */
void frames_note_thrower(struct frames *frames, lua_State *thrower);

/* How many frames on top of the thread that threw an error are not of the Lua function that did:
   the message handler, and the functions that threw it for that one. */
int frames_count_throwers(lua_State *L);

struct frames_range frames_shown(struct frames *frames, lua_State *L);

/* Fills in the record of a frame of that thread and level, as lua_getstack does. False: there is
   none. */
bool frames_reach(struct frames *frames, struct frame *frame);

/* The id of a frame whose record is lua_getstack's; the same each time. 0 if memory is out. */
int frames_id(struct frames *frames, const struct frame *frame);

/* The same for the innermost Lua function of `resumer` (its innermost frame, if it has none), as
   shown below the frames of the coroutine. Fills in the record and the level. 0: it has no frame.
 */
int frames_link_id(struct frames *frames, lua_State *coroutine, lua_State *resumer, int *level,
                   lua_Debug *record);

/* Fills in the frame, ready to be asked with lua_getinfo, lua_getlocal. False if there is none, or
   no more. */
bool frames_find(const struct frames *frames, int id, struct frame *frame);

/* The same for the argument frameId of a request; the problem says what is wrong with it. */
bool frames_asked(const struct frames *frames, const cJSON *arguments, struct frame *frame, int *id,
                  struct inspect_problem *problem);

/* The thread whose number is argument "threadId"; NULL, with the problem told, if there is none. */
struct thread *frames_thread_asked(const struct frames *frames, const cJSON *arguments,
                                   struct inspect_problem *problem);

#endif
