/* SPDX-License-Identifier: MIT */
#include "doorway.h"

#include "list.h"
#include "local_socket.h"
#include "own_program.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- all of this process, for its exit ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct doorway *open_ones;

static void take_away(const struct doorway *doorway) {
    if (doorway->process != getpid())
        return;
    if (*doorway->plate != '\0')
        unlink(doorway->plate);
    local_socket_remove(doorway->path, &doorway->file);
}

static void at_exit(void) {
    pthread_mutex_lock(&lock);
    for (const struct doorway *doorway = open_ones; doorway != NULL; doorway = doorway->next)
        take_away(doorway);
    pthread_mutex_unlock(&lock);
}

static void note(struct doorway *doorway) {
    static bool noted;
    pthread_mutex_lock(&lock);
    if (!noted)
        noted = atexit(at_exit) == 0;
    LIST_ADD(open_ones, doorway);
    pthread_mutex_unlock(&lock);
}

static void forget(struct doorway *doorway) {
    pthread_mutex_lock(&lock);
    struct doorway **at = &open_ones;
    LIST_REMOVE(at, doorway);
    pthread_mutex_unlock(&lock);
}

/* ---- the socket ---- */

static int listen_at(struct doorway *doorway) {
    enum { MOST_WAITING = 8 };
    return local_socket_listen(doorway->path, MOST_WAITING, &doorway->file);
}

/* 0 or a negative errno. */
static int make_folder(char folder[DOORS_PATH_BYTES]) {
    int error = doors_folder(folder);
    if (error != 0)
        return error;
    if (mkdir(folder, S_IRWXU) != 0 && errno != EEXIST)
        return -errno;
    return doors_check(folder);
}

/* "FOLDER/PID.sock", or with "-2" and so on behind the number. False: it is too long. */
static bool name_in(const char *folder, int number, const char *ending, char *path) {
    char suffix[16] = "";
    if (number > 1)
        snprintf(suffix, sizeof suffix, "-%d", number);
    return snprintf(path, DOORS_PATH_BYTES, "%s/%ld%s%s", folder, (long)getpid(), suffix, ending) <
           DOORS_PATH_BYTES;
}

/* The socket, or a negative errno. */
static int open_in(struct doorway *doorway, const char *folder) {
    enum { MOST = 1000 };
    int fd = -EADDRINUSE;
    for (int number = 1; number <= MOST && fd == -EADDRINUSE; number++) {
        if (!name_in(folder, number, ".sock", doorway->path))
            return -ENAMETOOLONG;
        fd = listen_at(doorway);
    }
    return fd;
}

/* ---- the plate ---- */

static void add_text(cJSON *object, const char *name, const char *value) {
    char *text = text_escape(value, strlen(value));
    cJSON_AddStringToObject(object, name, text != NULL ? text : "");
    free(text);
}

static cJSON *words_of(const struct doorway *doorway, const struct doorway_words *words) {
    char program[DOORS_PATH_BYTES], cwd[DOORS_PATH_BYTES];
    own_program(program, sizeof program);
    const char *slash = strrchr(program, '/');
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "pid", (double)getpid());
    add_text(object, "name",
             words->name != NULL ? words->name
             : slash != NULL     ? slash + 1
                                 : program);
    add_text(object, "program", program);
    add_text(object, "cwd", getcwd(cwd, sizeof cwd) != NULL ? cwd : "");
    add_text(object, "lua", words->lua);
    add_text(object, "socket", doorway->path);
    return object;
}

/* Whole, or not at all. */
static bool write_file(const char *path, const char *text) {
    char whole[DOORS_PATH_BYTES + 8];
    size_t size = strlen(text);
    snprintf(whole, sizeof whole, "%s.new", path);
    unlink(whole);
    int fd = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return false;
    bool written = write(fd, text, size) == (ssize_t)size;
    close(fd);
    if (written && rename(whole, path) == 0)
        return true;
    unlink(whole);
    return false;
}

static bool is_free(const char *path) {
    struct stat status;
    return lstat(path, &status) != 0;
}

/* Beside a socket in the folder; of one elsewhere by a free name. */
static bool name_plate(struct doorway *doorway, const char *folder) {
    size_t size = strlen(folder);
    if (strncmp(doorway->path, folder, size) == 0 && doorway->path[size] == '/' &&
        strchr(doorway->path + size + 1, '/') == NULL) {
        const char *dot = strrchr(doorway->path + size, '.');
        size_t length = dot != NULL ? (size_t)(dot - doorway->path) : strlen(doorway->path);
        return snprintf(doorway->plate, sizeof doorway->plate, "%.*s.json", (int)length,
                        doorway->path) < DOORS_PATH_BYTES;
    }
    for (int number = 1; number <= 1000; number++)
        if (!name_in(folder, number, ".json", doorway->plate) || is_free(doorway->plate))
            return *doorway->plate != '\0';
    return false;
}

static bool write_plate(const struct doorway *doorway) {
    char *text = cJSON_PrintUnformatted(doorway->words);
    bool written = text != NULL && write_file(doorway->plate, text);
    cJSON_free(text);
    return written;
}

/* Nobody finds a door without one but who knows its path: that is no reason not to open it. */
static void put_plate(struct doorway *doorway, const struct doorway_words *words) {
    char folder[DOORS_PATH_BYTES];
    doorway->words = words_of(doorway, words);
    if (make_folder(folder) != 0 || !name_plate(doorway, folder) || !write_plate(doorway))
        *doorway->plate = '\0';
}

static void forget_words(struct doorway *doorway) {
    cJSON_Delete(doorway->words);
    doorway->words = NULL;
}

void doorway_suspends(struct doorway *doorway, bool suspended) {
    bool said = cJSON_HasObjectItem(doorway->words, DOORS_SUSPENDED);
    if (*doorway->plate == '\0' || suspended == said)
        return;
    if (suspended)
        cJSON_AddTrueToObject(doorway->words, DOORS_SUSPENDED);
    else
        cJSON_DeleteItemFromObject(doorway->words, DOORS_SUSPENDED);
    write_plate(doorway);
}

/* ---- opening and closing ---- */

/* 0 or -ENAMETOOLONG. */
static int take_path(struct doorway *doorway, const char *path) {
    char cwd[DOORS_PATH_BYTES] = "";
    bool relative = *path != '/' && getcwd(cwd, sizeof cwd) != NULL;
    int size =
        snprintf(doorway->path, sizeof doorway->path, "%s%s%s", cwd, relative ? "/" : "", path);
    return size < DOORS_PATH_BYTES ? 0 : -ENAMETOOLONG;
}

/* The socket; below 0: none, and `problem` says why. */
static int open_socket(struct doorway *doorway, const char *path,
                       char problem[DOORWAY_PROBLEM_BYTES]) {
    char folder[DOORS_PATH_BYTES] = "";
    int error = path != NULL ? take_path(doorway, path) : make_folder(folder);
    int fd = error != 0 ? error : path != NULL ? listen_at(doorway) : open_in(doorway, folder);
    if (fd >= 0)
        return fd;
    if (error != 0 && path == NULL)
        snprintf(problem, DOORWAY_PROBLEM_BYTES, "cannot have a door in %s: %s", folder,
                 error == -EPERM ? "it is to be a folder of this user's alone, with the mode 0700"
                                 : strerror(-error));
    else
        snprintf(problem, DOORWAY_PROBLEM_BYTES, "cannot listen at %s: %s", doorway->path,
                 fd == -ENAMETOOLONG ? "a socket's path has at most 107 bytes" : strerror(-fd));
    return fd;
}

bool doorway_open(struct doorway *doorway, const char *path, const struct doorway_words *words,
                  char problem[DOORWAY_PROBLEM_BYTES]) {
    forget(doorway); /* what a parent of this process has opened */
    *doorway = (struct doorway){.process = getpid()};
    doorway->socket = open_socket(doorway, path, problem);
    if (doorway->socket < 0)
        return false;
    put_plate(doorway, words);
    note(doorway);
    return true;
}

void doorway_close(struct doorway *doorway) {
    if (doorway->socket < 0)
        return;
    forget(doorway);
    take_away(doorway);
    forget_words(doorway);
    close(doorway->socket);
    doorway->socket = -1;
}

void doorway_forked(struct doorway *doorway) {
    if (doorway->socket >= 0)
        close(doorway->socket);
    doorway->socket = -1;
    forget_words(doorway);
}
