/* SPDX-License-Identifier: MIT */
#include "destination.h"

#include "flushed.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static int checked(int fd) {
    return fd >= 0 ? fd : -errno;
}

/* A stream of its own: stderr would write each figure by itself. */
static int copy_stream(int stream) {
    return checked(fcntl(stream, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

/* Standard output or standard error if the file is what they write to; else -1. */
static int stream_of(const struct stat *file) {
    struct stat status;
    for (int stream = STDOUT_FILENO; stream <= STDERR_FILENO; stream++)
        if (fstat(stream, &status) == 0 && same_file(file, &status))
            return stream;
    return -1;
}

/* A file that has to be written where it is, or what is none: a pipe, a device. */
static int open_in_place(const char *output) {
    return checked(open(output, O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
}

/* Nothing is open then. */
enum { LATER = INT_MAX };

/* LATER: it will be replaced when the report is there. */
static int prepare(struct destination *destination, const char *output, bool exists) {
    if (exists && access(output, W_OK) != 0)
        return -errno;
    destination->place = exists ? realpath(output, NULL) : strdup(output);
    int error = destination->place != NULL ? replacement_try(destination->place) : -ENOMEM;
    if (error == 0)
        return LATER;
    free(destination->place);
    destination->place = NULL;
    destination->empties = exists && (error == -EACCES || error == -EPERM || error == -EROFS);
    return destination->empties ? open_in_place(output) : error;
}

static int open_named(struct destination *destination, const char *output, const char *script) {
    struct stat file, other;
    bool exists = stat(output, &file) == 0;
    if (!exists && errno != ENOENT)
        return -errno;
    bool dangles = !exists && lstat(output, &other) == 0;
    if (dangles || (exists && !S_ISREG(file.st_mode)))
        return open_in_place(output);
    if (exists && script != NULL && stat(script, &other) == 0 && same_file(&file, &other))
        return -EEXIST;
    if (exists && stream_of(&file) >= 0)
        return copy_stream(stream_of(&file));
    return prepare(destination, output, exists);
}

/* A descriptor, LATER or a negative errno. */
static int open_output(struct destination *destination, const char *output, const char *script) {
    if (output == NULL)
        return copy_stream(STDERR_FILENO);
    if (strcmp(output, "-") == 0)
        return copy_stream(STDOUT_FILENO);
    return open_named(destination, output, script);
}

int destination_open(struct destination *destination, const char *output, const char *script) {
    *destination = (struct destination){0};
    int fd = open_output(destination, output, script);
    if (fd < 0 || fd == LATER)
        return fd < 0 ? fd : 0;
    destination->file = fdopen(fd, "w");
    if (destination->file != NULL)
        return 0;
    close(fd);
    return -ENOMEM;
}

static bool wants_colours(void) {
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    return (none == NULL || *none == '\0') && term != NULL && strcmp(term, "dumb") != 0;
}

static size_t terminal_columns(int fd) {
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

struct screen destination_screen(const struct destination *destination, const char *cwd) {
    int fd = fileno(destination->file);
    if (!isatty(fd))
        return (struct screen){.cwd = cwd};
    return (struct screen){.columns = terminal_columns(fd), .colours = wants_colours(), .cwd = cwd};
}

int destination_begin(struct destination *destination) {
    if (destination->place != NULL) {
        int error = replacement_open(&destination->replacement, destination->place);
        destination->file = destination->replacement.file;
        return error;
    }
    int fd = fileno(destination->file);
    if (destination->empties && ftruncate(fd, 0) != 0)
        return -errno;
    if (isatty(fd))
        putc('\n', destination->file);
    return 0;
}

int destination_finish(struct destination *destination, int error) {
    if (destination->place != NULL) {
        destination->file = NULL;
        if (error == 0)
            return replacement_finish(&destination->replacement, NULL);
        replacement_discard(&destination->replacement);
        return error;
    }
    FILE *file = destination->file;
    destination->file = NULL;
    if (error == 0)
        error = flushed(file);
    return fclose(file) != 0 && error == 0 ? -errno : error;
}

const char *destination_advice(int error) {
    switch (-error) {
    case ENOSPC:
    case EDQUOT:
        return "make room there or name another file";
    case EFBIG:
        return "files may not become so large here (ulimit -f)";
    default:
        return "name another file";
    }
}

void destination_close(struct destination *destination) {
    if (destination->replacement.file != NULL)
        replacement_discard(&destination->replacement);
    else if (destination->file != NULL)
        fclose(destination->file);
    free(destination->place);
    *destination = (struct destination){0};
}
