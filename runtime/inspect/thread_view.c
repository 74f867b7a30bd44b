/* SPDX-License-Identifier: MIT */
#include "views.h"

#include "coroutine.h"
#include "frame_name.h"
#include "frames.h"
#include "location.h"
#include "stop.h"

/* Frame `index` of those shown, from 1. */
static void add_frame(struct listing *listing, lua_Integer index) {
    struct stop *stop = listing->stop;
    lua_State *L = lua_tothread(stop->L, -1);
    struct frame frame = {.L = L, .level = frames_shown(&stop->frames, L).first + (int)index - 1};
    lua_Debug *record = &frame.record;
    struct string_builder name = {0}, text = {0}, call = {0};
    if (!lua_getstack(L, frame.level, record))
        return;
    struct reference locals = {.view = VIEW_LOCALS,
                               .frame = frames_id(&stop->frames, &frame),
                               .elsewhere = true,
                               .reached_from = listing->reference.frame};
    if (listing->reference.expression != NULL) {
        string_builder_print(&call, "%s.getlocal(%s, %d",
                             listing_debug_library(stop, listing->reference.frame, "getlocal"),
                             listing->reference.expression, frame.level);
        locals.expression = string_builder_text(&call);
    }
    lua_getinfo(L, "nSlt", record);
    string_builder_print(&name, "[%d]", (int)index);
    frame_name_write(&text, stop->L, L, record);
    if (*record->what != 'C') {
        string_builder_print(&text, " at ");
        location_write(&text, record, record->currentline);
    }
    listing_add_group(listing, string_builder_text(&name), string_builder_text(&text), &locals);
    string_builder_finish(&call);
    string_builder_finish(&name);
    string_builder_finish(&text);
}

void thread_view_frames(struct listing *listing) {
    const struct reference *reference = &listing->reference;
    bool part = reference->view == VIEW_FRAMES;
    struct reference group = *reference;
    group.view = VIEW_FRAMES;
    int count = frames_shown(&listing->stop->frames, lua_tothread(listing->stop->L, -1)).count;
    if (listing->filter != LISTING_NAMED)
        listing_add_items(listing, part ? reference->first : 1, part ? reference->last : count,
                          &group, add_frame);
}

static bool is_coroutine(const struct stop *stop, const struct thread *thread) {
    return thread != stop->coroutines.threads->first &&
           coroutine_is_listed(&stop->coroutines, thread);
}

/* Coroutine `index` of those alive, from 1. They are asked for one after the other. */
static struct thread *find_coroutine(struct listing *listing, lua_Integer index) {
    struct stop *stop = listing->stop;
    bool goes_on = listing->coroutine != NULL && listing->coroutine_index == index - 1;
    struct thread *thread = goes_on ? listing->coroutine->next : stop->coroutines.threads->first;
    lua_Integer left = goes_on ? 1 : index;
    for (; thread != NULL; thread = thread->next)
        if (is_coroutine(stop, thread) && --left == 0)
            break;
    listing->coroutine = thread;
    listing->coroutine_index = index;
    return thread;
}

static void add_coroutine(struct listing *listing, lua_Integer index) {
    struct stop *stop = listing->stop;
    struct thread *thread = find_coroutine(listing, index);
    if (thread == NULL)
        return;
    struct string_builder name = {0};
    struct value_path path = {.kind = VALUE_PATH_THREAD,
                              .n = threads_id(stop->coroutines.threads, thread),
                              .key = {.object = thread->L}};
    string_builder_print(&name, "coroutine %d", path.n);
    if (value_path_push(&stop->paths, value_path_add(&stop->paths, &path)))
        listing_add(listing, &name, NULL, &path);
    else
        string_builder_finish(&name);
}

static int count_coroutines(const struct stop *stop) {
    int count = 0;
    const struct thread *thread = stop->coroutines.threads->first;
    for (; thread != NULL; thread = thread->next)
        count += is_coroutine(stop, thread);
    return count;
}

void thread_view_coroutines(struct listing *listing) {
    struct reference group = listing->reference;
    bool part = group.last > 0;
    if (listing->filter != LISTING_NAMED)
        listing_add_items(listing, part ? group.first : 1,
                          part ? group.last : count_coroutines(listing->stop), &group,
                          add_coroutine);
}

void thread_view_add(struct listing *listing) {
    struct string_builder text = {0};
    int count = count_coroutines(listing->stop);
    if (count == 0)
        return;
    string_builder_print(&text, count == 1 ? "1 alive" : "%d alive", count);
    listing_add_group(listing, "(coroutines)", string_builder_text(&text),
                      &(struct reference){.view = VIEW_COROUTINES});
    string_builder_finish(&text);
}
