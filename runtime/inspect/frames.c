/* SPDX-License-Identifier: MIT */
#include "frames.h"

#include "arguments.h"

void frames_init(struct frames *frames, const struct coroutines *coroutines,
                 struct frames_history *history) {
    *frames = (struct frames){.coroutines = *coroutines, .history = history};
    handles_init(&frames->items, sizeof(struct frames_item), history->last);
}

void frames_finish(struct frames *frames) {
    frames->history->last = handles_finish(&frames->items);
}

static bool is_c_function(lua_State *L, int level, bool *exists) {
    lua_Debug record;
    *exists = lua_getstack(L, level, &record);
    return *exists && lua_getinfo(L, "S", &record) && *record.what == 'C';
}

/* The handler that runs when an error is thrown, and the functions that threw it for a Lua
   function: error, assert, or whatever refused its arguments. */
int frames_count_throwers(lua_State *L) {
    int level = 0;
    bool exists;
    while (is_c_function(L, level, &exists))
        level++;
    return exists ? level : 0;
}

void frames_note_thrower(struct frames *frames, lua_State *thrower) {
    frames->thrower = thrower;
    frames->throwers = frames_count_throwers(thrower);
    frames->counted = false;
}

/* From stop to stop the stack mostly changes by a few frames. */
static int depth(const struct frames *frames, lua_State *L) {
    if (L != frames->coroutines.running)
        return frame_count(L, 0);
    frames->history->depth = frame_count(L, frames->history->depth);
    return frames->history->depth;
}

/* The function that the host has called everything from. */
static bool is_root(const struct frames *frames, lua_State *L, int level) {
    lua_Debug record;
    if (frames->history->root == NULL || L != frames->coroutines.threads->first->L ||
        !lua_getstack(L, level, &record) || !lua_checkstack(L, 1))
        return false;
    lua_getinfo(L, "f", &record);
    bool same = lua_tocfunction(L, -1) == frames->history->root;
    lua_pop(L, 1);
    return same;
}

static struct frames_range count_shown(const struct frames *frames, lua_State *L) {
    int count = depth(frames, L), first = L == frames->thrower ? frames->throwers : 0;
    if (count > 0 && is_root(frames, L, count - 1))
        count--;
    return (struct frames_range){first, count > first ? count - first : 0};
}

struct frames_range frames_shown(struct frames *frames, lua_State *L) {
    if (L != frames->coroutines.running)
        return count_shown(frames, L);
    if (!frames->counted)
        frames->shown = count_shown(frames, L);
    frames->counted = true;
    return frames->shown;
}

/* What is asked for mostly lies where the last one did, or behind it. */
bool frames_reach(struct frames *frames, struct frame *frame) {
    const struct frame *last = &frames->reached;
    bool exists;
    if (last->L == frame->L && last->level <= frame->level) {
        int levels = frame->level - last->level;
        *frame = *last;
        exists = frame_go_out(frame, levels);
    } else {
        exists = lua_getstack(frame->L, frame->level, &frame->record);
    }
    if (exists && frame->L == frames->coroutines.running)
        frames->reached = *frame;
    return exists;
}

static int id_of(struct frames *frames, const struct frames_item *wanted) {
    const struct frames_item *known = frames->items.items;
    for (size_t i = 0; i < frames->items.count; i++)
        if (known[i].frame.L == wanted->frame.L && known[i].frame.level == wanted->frame.level &&
            known[i].resumed == wanted->resumed)
            return frames->items.first + (int)i;
    int id = 0;
    struct frames_item *shown = handles_add(&frames->items, &id);
    if (shown != NULL)
        *shown = *wanted;
    return id;
}

int frames_id(struct frames *frames, const struct frame *frame) {
    return id_of(frames, &(struct frames_item){*frame, NULL});
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

int frames_link_id(struct frames *frames, lua_State *coroutine, lua_State *resumer, int *level,
                   lua_Debug *record) {
    *level = innermost_lua_level(resumer);
    if (!lua_getstack(resumer, *level, record))
        return 0;
    return id_of(frames, &(struct frames_item){{resumer, *level, *record}, coroutine});
}

bool frames_find(const struct frames *frames, int id, struct frame *frame) {
    const struct frames_item *known = handles_get(&frames->items, id);
    if (known == NULL)
        return false;
    *frame = known->frame;
    if (frame->L == frames->coroutines.running)
        return true;
    return frame_renew(frame, frames->coroutines.threads);
}

bool frames_asked(const struct frames *frames, const cJSON *arguments, struct frame *frame, int *id,
                  struct inspect_problem *problem) {
    *id = arguments_count(arguments, "frameId", 0);
    if (frames_find(frames, *id, frame))
        return true;
    if (handles_stale(&frames->items, *id))
        inspect_refuse(problem, "frame %d is of an earlier stop: ask for the stack again", *id);
    else if (handles_get(&frames->items, *id) != NULL)
        inspect_refuse(problem, "frame %d is gone: its coroutine has run on", *id);
    else
        inspect_refuse(problem, "there is no frame %d: ask for the stack first", *id);
    return false;
}

struct thread *frames_thread_asked(const struct frames *frames, const cJSON *arguments,
                                   struct inspect_problem *problem) {
    int id = arguments_count(arguments, "threadId", 0);
    struct thread *thread = id > 0 ? threads_by_id(frames->coroutines.threads, id) : NULL;
    if (thread == NULL)
        inspect_refuse(problem, "there is no thread %d: it has ended, or never was", id);
    return thread;
}
