/* SPDX-License-Identifier: MIT */
#include "arguments.h"
#include "coroutine.h"
#include "frame_name.h"
#include "frames.h"
#include "source.h"
#include "stop.h"

enum {
    MOST_THREADS = 1000, /* listed */
    MOST_FRAMES = 1000   /* in one answer; totalFrames tells that there are more */
};

static void add_thread(const struct stop *stop, cJSON *list, struct thread *thread) {
    struct string_builder name = {0};
    coroutine_write(&name, &stop->coroutines, thread);
    cJSON *item = cJSON_CreateObject();
    cJSON_AddNumberToObject(item, "id", threads_id(stop->coroutines.threads, thread));
    cJSON_AddStringToObject(item, "name", string_builder_text(&name));
    cJSON_AddItemToArray(list, item);
    string_builder_finish(&name);
}

static bool is_running(const struct threads *threads, const struct thread *thread) {
    const struct thread *running = threads_running(threads);
    while (running != NULL && running != thread)
        running = threads_resumer(running);
    return running != NULL;
}

/* A coroutine that died of the error comes before the thread that is told of it. */
static int add_stopped(const struct stop *stop, cJSON *list) {
    struct threads *threads = stop->coroutines.threads;
    struct thread *thrower = threads_of(threads, stop->error.thread);
    bool died = thrower != NULL && thrower->L != stop->L;
    if (died)
        add_thread(stop, list, thrower);
    add_thread(stop, list, threads_of(threads, stop->L));
    return died ? 2 : 1;
}

/* The running ones, innermost first; the stopped one leads. */
static int add_running(const struct stop *stop, cJSON *list) {
    struct threads *threads = stop->coroutines.threads;
    int count = add_stopped(stop, list);
    for (struct thread *thread = threads_running(threads); thread != NULL;
         thread = threads_resumer(thread)) {
        if (thread->L == stop->L)
            continue;
        add_thread(stop, list, thread);
        count++;
    }
    return count;
}

static bool is_other(const struct stop *stop, const struct thread *thread) {
    return thread->L != stop->L && coroutine_is_listed(&stop->coroutines, thread) &&
           !is_running(stop->coroutines.threads, thread);
}

static cJSON *list_threads(struct stop *stop, const cJSON *arguments,
                           struct inspect_problem *problem) {
    (void)arguments;
    (void)problem;
    cJSON *body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(body, "threads");
    int count = add_running(stop, list);
    struct thread *thread = stop->coroutines.threads->first;
    for (; thread != NULL && count < MOST_THREADS; thread = thread->next) {
        if (is_other(stop, thread)) {
            add_thread(stop, list, thread);
            count++;
        }
    }
    return body;
}

/* What is known of the frame, once its id and its name are told. `record` has "nSlt". */
static void add_location(const struct stop *stop, cJSON *frame, const lua_Debug *record) {
    bool has_line = record->currentline > 0;
    cJSON *source = source_of(stop->chunks, record);
    if (source != NULL)
        cJSON_AddItemToObject(frame, "source", source);
    cJSON_AddNumberToObject(frame, "line", has_line ? record->currentline : 0);
    cJSON_AddNumberToObject(frame, "column", has_line ? 1 : 0);
    cJSON_AddBoolToObject(frame, "canRestart", false);
}

/* The frame's record is lua_getstack's. */
static cJSON *describe_frame(struct stop *stop, struct frame *shown) {
    struct string_builder name = {0};
    lua_State *L = shown->L;
    lua_Debug *record = &shown->record;
    lua_getinfo(L, "nSlt", record);
    frame_name_write(&name, stop->L, L, record);
    cJSON *frame = cJSON_CreateObject();
    cJSON_AddNumberToObject(frame, "id", frames_id(&stop->frames, shown));
    cJSON_AddStringToObject(frame, "name", string_builder_text(&name));
    string_builder_finish(&name);
    if (*record->what == 'C')
        cJSON_AddStringToObject(frame, "presentationHint", "subtle");
    if (L == stop->L && shown->level == 0 && stop->line > 0)
        record->currentline = stop->line;
    add_location(stop, frame, record);
    return frame;
}

/* The end of a running coroutine's stack: a label that leads to where it was resumed. */
static cJSON *describe_link(struct stop *stop, lua_State *L, struct thread *resumer) {
    struct string_builder name = {0};
    lua_Debug record;
    int level;
    cJSON *frame = cJSON_CreateObject();
    int id = frames_link_id(&stop->frames, L, resumer->L, &level, &record);
    cJSON_AddNumberToObject(frame, "id", id);
    string_builder_print(&name, "resumed by ");
    coroutine_write(&name, &stop->coroutines, resumer);
    cJSON_AddStringToObject(frame, "name", string_builder_text(&name));
    string_builder_finish(&name);
    cJSON_AddStringToObject(frame, "presentationHint", "label");
    if (id != 0 && lua_getinfo(resumer->L, "nSlt", &record))
        add_location(stop, frame, &record);
    return frame;
}

/* Frames start to end - 1 as shown. */
static void add_frames(struct stop *stop, cJSON *list, lua_State *L, struct frames_range shown,
                       int start, int end) {
    struct frame frame = {.L = L, .level = shown.first + start};
    bool exists = start < end && frames_reach(&stop->frames, &frame);
    for (int i = start; exists && i < end && i < shown.count; i++) {
        cJSON_AddItemToArray(list, describe_frame(stop, &frame));
        exists = frame_go_out(&frame, 1);
    }
}

/* Who has resumed it and waits for it; NULL if it does not run, or is the outermost: a host may
   resume while no other thread has a frame. */
static struct thread *resumer_of(const struct stop *stop, const struct thread *thread) {
    struct threads *threads = stop->coroutines.threads;
    lua_Debug frame;
    if (thread->L == stop->error.thread && thread->L != stop->L)
        return threads_of(threads, stop->L);
    struct thread *resumer = is_running(threads, thread) ? threads_resumer(thread) : NULL;
    return resumer != NULL && lua_getstack(resumer->L, 0, &frame) ? resumer : NULL;
}

static cJSON *stack_trace(struct stop *stop, const cJSON *arguments,
                          struct inspect_problem *problem) {
    int start = arguments_count(arguments, "startFrame", 0);
    int levels = arguments_count(arguments, "levels", 0);
    const struct thread *thread = frames_thread_asked(&stop->frames, arguments, problem);
    if (thread == NULL)
        return NULL;
    if (levels == 0 || levels > MOST_FRAMES)
        levels = MOST_FRAMES;
    cJSON *body = cJSON_CreateObject();
    cJSON *list = cJSON_AddArrayToObject(body, "stackFrames");
    struct frames_range shown = frames_shown(&stop->frames, thread->L);
    struct thread *resumer = resumer_of(stop, thread);
    int total = shown.count + (resumer != NULL);
    int end = start > total - levels ? total : start + levels;
    add_frames(stop, list, thread->L, shown, start, end);
    if (resumer != NULL && start < total && end == total)
        cJSON_AddItemToArray(list, describe_link(stop, thread->L, resumer));
    cJSON_AddNumberToObject(body, "totalFrames", total);
    return body;
}

const struct inspect_request stack_requests[] = {
    {"threads", list_threads},
    {"stackTrace", stack_trace},
    {NULL, NULL},
};
