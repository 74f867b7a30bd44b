/* SPDX-License-Identifier: MIT */
#include "approach.h"

#include "alloc.h"
#include "attach_settings.h"
#include "door_list.h"
#include "doors.h"
#include "meeting.h"
#include "text.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Between two looks: often at first, for a program that has just been started. */
enum { OFTEN_MS = 50, SELDOM_MS = 500, SELDOMER = 8 };

#define OPENS "a program opens one with require(\"luaheat\").listen()"

struct approach {
    const struct approach_events *events;
    void *data;
    const struct attach_settings *wanted;
    uv_timer_t timer;
    uint64_t since; /* ms of the loop's clock */
    bool patient;   /* it has all the time in the world */
    struct meeting_place *place;
    char *reason;
};

/* What one look has found. */
struct look {
    char *reason;  /* why there is nobody; owned; NULL: somebody has been met */
    bool hopeless; /* and to wait would not help */
};

static struct look not_yet(char *reason) {
    return (struct look){.reason = reason};
}

static struct look never(char *reason) {
    return (struct look){.reason = reason, .hopeless = true};
}

/* ---- how it ends ---- */

static void end(struct approach *approach) {
    uv_timer_stop(&approach->timer);
    meeting_place_destroy(approach->place);
    approach->place = NULL;
    free(approach->reason);
    approach->reason = NULL;
}

static void meet(struct approach *approach, const struct approach_met *met) {
    end(approach);
    approach->events->on_met(approach->data, met);
}

static void fail(struct approach *approach, const char *reason) {
    char *text = alloc_text(reason);
    end(approach);
    approach->events->on_failed(approach->data, text);
    free(text);
}

/* ---- by a door ---- */

static char *shown(const char *path) {
    return alloc_checked(text_escape(path, strlen(path)));
}

static struct look explain(const char *path, int error) {
    char *door = shown(path);
    struct look look;
    if (error == -ENOENT)
        look = not_yet(alloc_printed("There is no door at %s; " OPENS, door));
    else if (error == -ECONNREFUSED)
        look = not_yet(
            alloc_printed("Nobody is behind the door at %s any more: its program has ended, or has "
                          "closed it; " OPENS,
                          door));
    else if (error == -EAGAIN)
        look = not_yet(alloc_printed("Too many wait at the door at %s before Luaheat", door));
    else if (error == -EACCES || error == -EPERM)
        look = never(alloc_printed("The door at %s is another user's: debug as that user", door));
    else
        look = never(alloc_printed("Cannot connect to the door at %s: %s", door, strerror(-error)));
    free(door);
    return look;
}

/* Of the door's process; NULL: there are none. */
static char *describe_others(const struct door_list *list, const struct door *door) {
    char *text = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct door *other = &list->items[i];
        if (other->pid != door->pid || other == door)
            continue;
        char *longer =
            alloc_printed("%s%s%s%s%s", text != NULL ? text : "", text != NULL ? ", " : "",
                          other->name, other->name[0] != '\0' ? " at " : "", other->socket);
        free(text);
        text = longer;
    }
    return text;
}

/* No reason: it has been met. list: of the doors among which it was chosen; NULL: it was named. */
static struct look knock(struct approach *approach, const char *path, const struct door *door,
                         const struct door_list *list) {
    int pid;
    int fd = meeting_connect(path, &pid);
    if (fd < 0)
        return explain(path, fd);
    char *others = list != NULL ? describe_others(list, door) : NULL;
    meet(approach, &(struct approach_met){fd, pid, door, others});
    free(others);
    return (struct look){0};
}

/* ---- which door ---- */

static char *describe_doors(const struct door_list *list) {
    char *text = alloc_text("");
    for (size_t i = 0; i < list->count; i++) {
        const struct door *door = &list->items[i];
        char *longer = alloc_printed("%s%s%d (%s)", text, i > 0 ? ", " : "", door->pid,
                                     door->name[0] != '\0' ? door->name : door->program);
        free(text);
        text = longer;
    }
    return text;
}

static struct look choose_only(struct approach *approach, const struct door_list *list) {
    if (list->count == 0)
        return not_yet(alloc_text("No program has opened a door; " OPENS));
    if (list->count == 1)
        return knock(approach, list->items[0].socket, &list->items[0], NULL);
    char *doors = describe_doors(list);
    char *text =
        alloc_printed("Several programs have opened a door, so 'processId' must say which: "
                      "%s",
                      doors);
    free(doors);
    return never(text);
}

static struct look nobody(const struct attach_settings *wanted, bool again) {
    if (again)
        return not_yet(alloc_text("The program has not opened its door again"));
    if (wanted->pid == 0)
        return not_yet(alloc_printed("No program has opened a door of the name '%s'; its name is "
                                     "given with require(\"luaheat\").listen{name=...}",
                                     wanted->name));
    if (kill(wanted->pid, 0) != 0 && errno == ESRCH)
        return never(alloc_printed("There is no process %d", wanted->pid));
    return not_yet(alloc_printed("Process %d has opened no door%s; " OPENS, wanted->pid,
                                 wanted->name != NULL ? " of that name" : ""));
}

static struct look unreadable(int error) {
    char folder[DOORS_PATH_BYTES] = "";
    doors_folder(folder);
    if (error == -EPERM)
        return never(alloc_printed("The folder of doors, %s, is not this user's alone (mode 0700), "
                                   "so nothing in it can be trusted",
                                   folder));
    return never(
        alloc_printed("The folder of doors, %s, cannot be read: %s", folder, strerror(-error)));
}

/* One that was started anew has another number: it is known by what else it says. */
static const struct door *find(const struct approach *approach, const struct door_list *list) {
    const struct attach_settings *wanted = approach->wanted;
    struct door like = {.pid = wanted->pid, .name = wanted->name, .socket = wanted->socket};
    if (approach->patient && wanted->socket == NULL && wanted->met.program != NULL)
        like = (struct door){.program = wanted->met.program, .name = wanted->met.name};
    return door_list_find(list, &like);
}

static struct look choose(struct approach *approach, const struct door_list *list) {
    const struct attach_settings *wanted = approach->wanted;
    const struct door *door = find(approach, list);
    if (wanted->socket != NULL)
        return knock(approach, wanted->socket, door, NULL);
    if (wanted->pid == 0 && wanted->name == NULL && !approach->patient)
        return choose_only(approach, list);
    return door != NULL ? knock(approach, door->socket, door, wanted->name == NULL ? list : NULL)
                        : nobody(wanted, approach->patient);
}

/* A door that is named by its path may be anywhere, whatever the list is like. */
static struct look look_around(struct approach *approach) {
    struct door_list list;
    int error = door_list_read(&list);
    struct look look = error == 0 || approach->wanted->socket != NULL ? choose(approach, &list)
                                                                      : unreadable(error);
    door_list_finish(&list);
    return look;
}

/* ---- again and again ---- */

static void look_again(uv_timer_t *timer);

static uint64_t passed(const struct approach *approach) {
    return uv_now(approach->timer.loop) - approach->since;
}

static void wait_more(struct approach *approach) {
    uint64_t next = passed(approach) / SELDOMER;
    next = next < OFTEN_MS ? OFTEN_MS : next > SELDOM_MS ? SELDOM_MS : next;
    uv_timer_start(&approach->timer, look_again, next, 0);
}

/* Takes the reason. */
static void note(struct approach *approach, char *reason) {
    bool is_new = approach->reason == NULL || strcmp(approach->reason, reason) != 0;
    free(approach->reason);
    approach->reason = reason;
    if (is_new)
        approach->events->on_waiting(approach->data, reason);
}

static bool is_over(const struct approach *approach, const struct look *look) {
    return (look->hopeless && !approach->patient) ||
           (!approach->patient && passed(approach) >= approach->wanted->timeout);
}

static void look_once(struct approach *approach) {
    struct look look = look_around(approach);
    if (look.reason == NULL)
        return;
    if (is_over(approach, &look)) {
        fail(approach, look.reason);
        free(look.reason);
    } else {
        note(approach, look.reason);
        wait_more(approach);
    }
}

static void look_again(uv_timer_t *timer) {
    look_once(timer->data);
}

/* ---- it comes to us ---- */

static void on_come(void *data, int fd, int pid) {
    struct approach *approach = data;
    meet(approach, &(struct approach_met){.fd = fd, .pid = pid});
}

static void on_nobody(uv_timer_t *timer) {
    struct approach *approach = timer->data;
    fail(approach, approach->reason);
}

static void open_place(struct approach *approach) {
    int error;
    char *path = shown(approach->wanted->listen);
    approach->place = meeting_place_create(approach->timer.loop, approach->wanted->listen, on_come,
                                           approach, &error);
    char *text = error == 0 ? alloc_printed("No program has come to %s; one does with "
                                            "require(\"luaheat\").connect{path=\"%s\"}",
                                            path, path)
                            : alloc_printed("Cannot listen at %s: %s", path, uv_strerror(error));
    free(path);
    if (error != 0) {
        fail(approach, text);
        free(text);
        return;
    }
    note(approach, text);
    if (!approach->patient)
        uv_timer_start(&approach->timer, on_nobody, approach->wanted->timeout, 0);
}

/* ---- itself ---- */

struct approach *approach_create(uv_loop_t *loop, const struct approach_events *events,
                                 void *data) {
    struct approach *approach = alloc_zeroed(1, sizeof *approach);
    approach->events = events;
    approach->data = data;
    approach->timer.data = approach;
    uv_timer_init(loop, &approach->timer);
    return approach;
}

void approach_start(struct approach *approach, const struct attach_settings *wanted, bool again) {
    approach->wanted = wanted;
    approach->patient = again;
    approach->since = uv_now(approach->timer.loop);
    if (wanted->listen != NULL)
        open_place(approach);
    else
        look_once(approach);
}

const char *approach_reason(const struct approach *approach) {
    return approach->reason;
}

static void released(uv_handle_t *timer) {
    free(timer->data);
}

void approach_destroy(struct approach *approach) {
    if (approach == NULL)
        return;
    end(approach);
    uv_close((uv_handle_t *)&approach->timer, released);
}
