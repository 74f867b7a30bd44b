/* SPDX-License-Identifier: MIT */
#include "frames.h"

#include "arguments.h"
#include "stop.h"

/* From stop to stop the stack mostly changes by a few frames. */
static int depth(const struct stop *stop, lua_State *L) {
    if (L != stop->L)
        return frame_count(L, 0);
    stop->history->depth = frame_count(L, stop->history->depth);
    return stop->history->depth;
}

/* The function that the host has called everything from. */
static bool is_root(const struct stop *stop, lua_State *L, int level) {
    lua_Debug record;
    if (stop->history->root == NULL || L != stop->account->threads.first->L ||
        !lua_getstack(L, level, &record) || !lua_checkstack(L, 1))
        return false;
    lua_getinfo(L, "f", &record);
    bool same = lua_tocfunction(L, -1) == stop->history->root;
    lua_pop(L, 1);
    return same;
}

struct frames_range frames_shown(const struct stop *stop, lua_State *L) {
    int count = depth(stop, L), first = stop_hidden(stop, L);
    if (count > 0 && is_root(stop, L, count - 1))
        count--;
    return (struct frames_range){first, count > first ? count - first : 0};
}

static int id_of(struct stop *stop, const struct frames_item *wanted) {
    const struct frames_item *known = stop->frames.items;
    for (int i = 0; i < stop->frames.count; i++)
        if (known[i].frame.L == wanted->frame.L && known[i].frame.level == wanted->frame.level &&
            known[i].resumed == wanted->resumed)
            return stop->frames.first + i;
    int id = 0;
    struct frames_item *shown = handles_add(&stop->frames, &id);
    if (shown != NULL)
        *shown = *wanted;
    return id;
}

int frames_id(struct stop *stop, lua_State *L, int level, const lua_Debug *record) {
    return id_of(stop, &(struct frames_item){{L, level, *record}, NULL});
}

static int innermost_lua_level(lua_State *L) {
    lua_Debug record;
    for (int level = 0; lua_getstack(L, level, &record); level++) {
        lua_getinfo(L, "S", &record);
        if (*record.what != 'C')
            return level;
    }
    return 0;
}

int frames_link_id(struct stop *stop, lua_State *coroutine, lua_State *resumer, int *level,
                   lua_Debug *record) {
    *level = innermost_lua_level(resumer);
    if (!lua_getstack(resumer, *level, record))
        return 0;
    return id_of(stop, &(struct frames_item){{resumer, *level, *record}, coroutine});
}

bool frames_find(const struct stop *stop, int id, struct frame *frame) {
    const struct frames_item *known = handles_get(&stop->frames, id);
    if (known == NULL)
        return false;
    *frame = known->frame;
    if (frame->L == stop->L)
        return true;
    return threads_of(&stop->account->threads, frame->L) != NULL &&
           lua_getstack(frame->L, frame->level, &frame->record) && lua_checkstack(frame->L, 2);
}

bool frames_asked(const struct stop *stop, const cJSON *arguments, struct frame *frame, int *id,
                  struct inspect_problem *problem) {
    *id = 0;
    if (!arguments_count(arguments, "frameId", id, problem))
        return false;
    if (frames_find(stop, *id, frame))
        return true;
    if (handles_stale(&stop->frames, *id))
        inspect_refuse(problem, "frame %d is of an earlier stop: ask for the stack again", *id);
    else if (handles_get(&stop->frames, *id) != NULL)
        inspect_refuse(problem, "frame %d is gone: its coroutine has run on", *id);
    else
        inspect_refuse(problem, "there is no frame %d: ask for the stack first", *id);
    return false;
}

struct thread *frames_thread_asked(const struct stop *stop, const cJSON *arguments,
                                   struct inspect_problem *problem) {
    int id = 0;
    if (!arguments_count(arguments, "threadId", &id, problem))
        return NULL;
    struct thread *thread = id > 0 ? threads_by_id(&stop->account->threads, id) : NULL;
    if (thread == NULL)
        inspect_refuse(problem, "there is no thread %d: it has ended, or never was", id);
    return thread;
}
