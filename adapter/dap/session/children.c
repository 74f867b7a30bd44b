/* SPDX-License-Identifier: MIT */
#include "children.h"

#include "alloc.h"
#include "environment_variables.h"
#include "link.h"
#include "list.h"
#include "meeting.h"
#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 16384 };

/* One that has come to tell of itself. */
struct child {
    struct child *next;
    struct children *children;
    uv_pipe_t pipe;
    char line[LINE_BYTES];
    size_t size;
};

struct children {
    struct client *client;
    uv_loop_t *loop;
    struct meeting_place *place;
    struct child *first;
    cJSON *inherited; /* by their configurations */
    bool memory;
};

/* ---- one of them ---- */

static void released(uv_handle_t *handle) {
    free(handle->data);
}

static void leave(struct child *child) {
    struct child **at = &child->children->first;
    LIST_REMOVE(at, child);
    client_forget(child->children->client, child);
    uv_close((uv_handle_t *)&child->pipe, released);
}

/* Who only sees the end of the conversation runs by itself. */
static void on_reply(void *data, const struct client_reply *reply) {
    struct child *child = data;
    uv_buf_t yes = uv_buf_init((char *)"yes\n", 4);
    if (reply->success)
        uv_try_write((uv_stream_t *)&child->pipe, &yes, 1);
    leave(child);
}

static void ask(struct child *child, const char *name, const char *socket) {
    cJSON *request = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(request, "request", "attach");
    cJSON *configuration = alloc_checked(cJSON_Duplicate(child->children->inherited, true));
    cJSON_AddItemToObject(request, "configuration", configuration);
    if (!cJSON_HasObjectItem(configuration, "type"))
        cJSON_AddStringToObject(configuration, "type", "luaheat");
    cJSON_AddStringToObject(configuration, "request", "attach");
    cJSON_AddStringToObject(configuration, "name", name[0] != '\0' ? name : "lua");
    cJSON_AddStringToObject(configuration, "socket", socket);
    cJSON_AddStringToObject(configuration, "memory", child->children->memory ? "exact" : "off");
    client_ask(child->children->client, "startDebugging", request, on_reply, child);
}

static const char *text_of(const cJSON *message, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(message, name));
    return text != NULL ? text : "";
}

/* False: it is no child as the link has them. */
static bool hear(struct child *child, size_t size) {
    cJSON *message = cJSON_ParseWithLength(child->line, size);
    const char *socket = text_of(message, "socket");
    bool good = strcmp(text_of(message, "type"), "child") == 0 && socket[0] == '/';
    if (good)
        ask(child, text_of(message, "name"), socket);
    cJSON_Delete(message);
    return good;
}

static void give_rest(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    struct child *child = handle->data;
    *buffer = uv_buf_init(child->line + child->size, (unsigned)(LINE_BYTES - child->size));
}

/* It says one line. */
static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    struct child *child = stream->data;
    if (count == 0)
        return;
    const char *end = count > 0 ? memchr(buffer->base, '\n', (size_t)count) : NULL;
    child->size += count > 0 ? (size_t)count : 0;
    if (count > 0 && end == NULL && child->size < LINE_BYTES)
        return;
    uv_read_stop(stream);
    if (end == NULL || !hear(child, (size_t)(end - child->line)))
        leave(child);
}

static void on_met(void *data, int fd, int pid) {
    struct children *children = data;
    struct child *child = alloc_zeroed(1, sizeof *child);
    child->children = children;
    LIST_ADD(children->first, child);
    uv_pipe_init(children->loop, &child->pipe, 0);
    child->pipe.data = child;
    if (uv_pipe_open(&child->pipe, fd) != 0) {
        close(fd);
        leave(child);
        return;
    }
    uv_read_start((uv_stream_t *)&child->pipe, give_rest, on_read);
}

/* ---- all of them ---- */

/* NULL: there is no place for it. */
static struct children *create(uv_loop_t *loop, struct client *client) {
    int error;
    struct children *children = alloc_zeroed(1, sizeof *children);
    *children = (struct children){.client = client, .loop = loop};
    children->place = meeting_place_create(loop, NULL, on_met, children, &error);
    if (children->place != NULL)
        return children;
    free(children);
    return NULL;
}

static bool are_wanted(const struct launch_settings *settings, const struct client *client) {
    return client->features.sessions && !settings->no_debug &&
           settings->sub_process != SUB_PROCESS_NO;
}

static void inherit(struct children *children, const struct launch_settings *settings) {
    cJSON_Delete(children->inherited);
    children->inherited = alloc_checked(cJSON_Duplicate(settings->inherited, true));
    children->memory = settings->memory;
}

/* Those of a program whose children are not expected find nobody, not whoever debugs us. */
void children_expect(struct children **children, const struct program_owner *owner,
                     struct launch_settings *settings) {
    if (settings->attach != NULL)
        return;
    bool wanted = are_wanted(settings, owner->client);
    if (wanted && *children == NULL)
        *children = create(owner->loop, owner->client);
    bool expected = wanted && *children != NULL;
    if (expected)
        inherit(*children, settings);
    else if (settings->sub_process == SUB_PROCESS_YES)
        debug_console_show(owner->console, "console",
                           "Programs that the program starts are not debugged ('subProcess'): "
                           "this editor cannot start sessions for them\n");
    if (expected || environment_variables_get(settings->env, LINK_ENV_PARENT) != NULL)
        launch_settings_set_variable(settings, LINK_ENV_PARENT,
                                     expected ? meeting_place_path((*children)->place) : NULL);
}

void children_destroy(struct children *children) {
    if (children == NULL)
        return;
    while (children->first != NULL)
        leave(children->first);
    meeting_place_destroy(children->place);
    cJSON_Delete(children->inherited);
    free(children);
}
