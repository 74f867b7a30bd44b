/* SPDX-License-Identifier: MIT */
#include "replacement.h"

#include "flushed.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- signals ---- */

/* One that ends the command while a file is written takes the file along. Only where nobody else
   handles that signal, or ignores it. */
static const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static const char *volatile unfinished;

static void end_without(int number) {
    const char *path = unfinished;
    if (path != NULL)
        unlink(path);
    signal(number, SIG_DFL);
    raise(number);
}

static void replace_handlers(void (*old)(int), void (*new)(int)) {
    struct sigaction now;
    for (int i = 0; i < NUMBERS; i++)
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler == old)
            signal(numbers[i], new);
}

static void remove_if_interrupted(const char *path) {
    unfinished = path;
    replace_handlers(SIG_DFL, end_without);
}

static void keep(void) {
    replace_handlers(end_without, SIG_DFL);
    unfinished = NULL;
}

/* ---- the file beside ---- */

/* Files that others have left behind are passed by. */
enum { MOST_TRIES = 100 };

/* The name of the place may be as long as names can be: this one is short. */
static char *name_beside(const char *place, int number) {
    const char *slash = strrchr(place, '/');
    int folder = slash != NULL ? (int)(slash - place) + 1 : 0;
    char *name;
    return asprintf(&name, "%.*s.luaheat-%d-%d", folder, place, (int)getpid(), number) >= 0 ? name
                                                                                            : NULL;
}

/* *beside: its name, the caller's. A descriptor or a negative errno. */
static int create_beside(const char *place, char **beside) {
    for (int number = 0; number < MOST_TRIES; number++) {
        *beside = name_beside(place, number);
        if (*beside == NULL)
            return -ENOMEM;
        int fd = open(*beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        int error = fd >= 0 ? 0 : -errno;
        if (fd >= 0)
            return fd;
        free(*beside);
        *beside = NULL;
        if (error != -EEXIST)
            return error;
    }
    return -EEXIST;
}

int replacement_try(const char *place) {
    char *beside;
    int fd = create_beside(place, &beside);
    if (fd < 0)
        return fd;
    close(fd);
    unlink(beside);
    free(beside);
    return 0;
}

/* Whose it is may be for the administrator only to say. */
static void take_rights(int fd, const char *place) {
    struct stat status;
    if (stat(place, &status) != 0)
        return;
    if (fchown(fd, status.st_uid, status.st_gid) != 0 && fchown(fd, (uid_t)-1, status.st_gid) != 0)
        errno = 0;
    fchmod(fd, status.st_mode & 0777);
}

int replacement_open(struct replacement *replacement, const char *place) {
    *replacement = (struct replacement){.place = strdup(place)};
    if (replacement->place == NULL)
        return -ENOMEM;
    int fd = create_beside(place, &replacement->beside);
    if (fd >= 0) {
        remove_if_interrupted(replacement->beside);
        take_rights(fd, place);
        replacement->file = fdopen(fd, "w");
        if (replacement->file != NULL)
            return 0;
        close(fd);
        fd = -ENOMEM;
    }
    replacement_discard(replacement);
    return fd;
}

/* Some file systems find out only now that there is no room; some cannot be asked. */
static int close_whole(FILE *file, long long *bytes) {
    int error = flushed(file);
    if (error == 0 && fsync(fileno(file)) != 0 && errno != EINVAL && errno != EROFS)
        error = -errno;
    if (bytes != NULL)
        *bytes = lseek(fileno(file), 0, SEEK_CUR);
    if (fclose(file) != 0 && error == 0)
        error = -errno;
    return error;
}

int replacement_finish(struct replacement *replacement, long long *bytes) {
    int error = close_whole(replacement->file, bytes);
    replacement->file = NULL;
    if (error == 0 && rename(replacement->beside, replacement->place) != 0)
        error = -errno;
    if (error == 0) {
        keep();
        free(replacement->beside);
        replacement->beside = NULL;
    }
    replacement_discard(replacement);
    return error;
}

void replacement_discard(struct replacement *replacement) {
    if (replacement->file != NULL)
        fclose(replacement->file);
    if (replacement->beside != NULL)
        unlink(replacement->beside);
    keep();
    free(replacement->beside);
    free(replacement->place);
    *replacement = (struct replacement){0};
}
