/* SPDX-License-Identifier: MIT */
#include "door_list.h"

#include "array.h"
#include "doors.h"
#include "local_socket.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What describes a door is a few paths long. */
enum { MOST_BYTES = 64 * 1024 };

static const char ending[] = ".json";

static void door_finish(struct door *door) {
    free(door->name);
    free(door->program);
    free(door->cwd);
    free(door->lua);
    free(door->socket);
}

void door_list_finish(struct door_list *list) {
    for (size_t i = 0; i < list->count; i++)
        door_finish(&list->items[i]);
    free(list->items);
    *list = (struct door_list){0};
}

/* ---- one ---- */

static char *read_text(int folder, const char *name) {
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    char *text = malloc(MOST_BYTES);
    ssize_t size = text != NULL ? read(fd, text, MOST_BYTES - 1) : -1;
    close(fd);
    if (size < 0) {
        free(text);
        return NULL;
    }
    text[size] = '\0';
    return text;
}

static char *member(const cJSON *json, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    return strdup(text != NULL ? text : "");
}

static bool is_whole(const struct door *door) {
    return door->pid > 0 && door->name != NULL && door->program != NULL && door->cwd != NULL &&
           door->lua != NULL && door->socket != NULL && door->socket[0] == '/';
}

/* False: the file describes no door (it may not have been written yet). */
static bool door_read(struct door *door, int folder, const char *name) {
    char *text = read_text(folder, name);
    cJSON *json = text != NULL ? cJSON_Parse(text) : NULL;
    const cJSON *pid = cJSON_GetObjectItemCaseSensitive(json, "pid");
    *door = (struct door){
        .pid = cJSON_IsNumber(pid) ? pid->valueint : 0,
        .name = member(json, "name"),
        .program = member(json, "program"),
        .cwd = member(json, "cwd"),
        .lua = member(json, "lua"),
        .socket = member(json, "socket"),
        .suspended = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, DOORS_SUSPENDED)),
    };
    cJSON_Delete(json);
    free(text);
    if (is_whole(door))
        return true;
    door_finish(door);
    return false;
}

/* ---- what is left of a program ---- */

static bool has_ended(int pid) {
    return kill(pid, 0) != 0 && errno == ESRCH;
}

/* Another program may listen there by now. */
static void remove_stale(const struct door *door, int folder, const char *name) {
    if (local_socket_is_stale(door->socket))
        unlink(door->socket);
    unlinkat(folder, name, 0);
}

/* One that was killed before it had described its door, or when it no more did, has left "PID.sock"
   or "PID-2.sock", and perhaps "PID.json.new". */
static void remove_orphan(int folder, const char *name) {
    struct stat status;
    char *end;
    long pid = strtol(name, &end, 10);
    const char *dot = strchr(end, '.');
    bool is_socket = dot != NULL && strcmp(dot, ".sock") == 0;
    bool is_draft = dot != NULL && strcmp(dot, ".json.new") == 0;
    if (pid <= 0 || pid > INT_MAX || !(is_socket || is_draft) || !has_ended((int)pid) ||
        fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    if (is_socket ? S_ISSOCK(status.st_mode) : S_ISREG(status.st_mode))
        unlinkat(folder, name, 0);
}

/* ---- all ---- */

static int add(struct door_list *list, int folder, const char *name) {
    struct door door;
    if (!door_read(&door, folder, name))
        return 0;
    if (has_ended(door.pid)) {
        remove_stale(&door, folder, name);
        door_finish(&door);
        return 0;
    }
    struct door *added = array_add(list);
    if (added == NULL) {
        door_finish(&door);
        return -ENOMEM;
    }
    *added = door;
    return 0;
}

static bool describes_door(const char *name) {
    size_t size = strlen(name), tail = sizeof ending - 1;
    return size > tail && strcmp(name + size - tail, ending) == 0;
}

static int compare(const void *a, const void *b) {
    const struct door *first = a, *second = b;
    if (first->pid != second->pid)
        return first->pid < second->pid ? -1 : 1;
    size_t sizes[] = {strlen(first->socket), strlen(second->socket)};
    if (sizes[0] != sizes[1]) /* the tenth comes after the second */
        return sizes[0] < sizes[1] ? -1 : 1;
    return strcmp(first->socket, second->socket);
}

static int read_folder(struct door_list *list, DIR *folder) {
    const struct dirent *entry;
    int error = 0;
    while (error == 0 && (entry = readdir(folder)) != NULL)
        if (describes_door(entry->d_name))
            error = add(list, dirfd(folder), entry->d_name);
        else
            remove_orphan(dirfd(folder), entry->d_name);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare);
    return error;
}

int door_list_read(struct door_list *list) {
    char path[DOORS_PATH_BYTES];
    *list = (struct door_list){0};
    int error = doors_folder(path);
    if (error == 0)
        error = doors_check(path);
    if (error != 0)
        return error == -ENOENT ? 0 : error;
    DIR *folder = opendir(path);
    if (folder == NULL)
        return -errno;
    error = read_folder(list, folder);
    closedir(folder);
    return error;
}

static bool is_like(const char *text, const char *wanted) {
    return wanted == NULL || strcmp(text, wanted) == 0;
}

const struct door *door_list_find(const struct door_list *list, const struct door *like) {
    for (size_t i = 0; i < list->count; i++) {
        const struct door *door = &list->items[i];
        if ((like->pid == 0 || door->pid == like->pid) && is_like(door->name, like->name) &&
            is_like(door->program, like->program) && is_like(door->cwd, like->cwd) &&
            is_like(door->lua, like->lua) && is_like(door->socket, like->socket))
            return door;
    }
    return NULL;
}
