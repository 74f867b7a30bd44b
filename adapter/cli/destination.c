/* SPDX-License-Identifier: MIT */
#include "destination.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static int open_file(const char *name) {
    int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    return fd >= 0 ? fd : -errno;
}

/* A stream of its own: stderr would write each figure by itself. */
static int copy_stream(int stream) {
    int fd = fcntl(stream, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return fd >= 0 ? fd : -errno;
}

/* Standard output or standard error if the file is what they write to; else -1. */
static int stream_of(const struct stat *file) {
    struct stat status;
    for (int stream = STDOUT_FILENO; stream <= STDERR_FILENO; stream++)
        if (fstat(stream, &status) == 0 && same_file(file, &status))
            return stream;
    return -1;
}

/* What the opened file turns out to be. Its descriptor, another one in its place, or an error. */
static int recognise(int fd, const char *script, bool *replaces) {
    struct stat file, status;
    if (fstat(fd, &file) != 0 || !S_ISREG(file.st_mode))
        return fd;
    int instead = fd;
    if (stat(script, &status) == 0 && same_file(&file, &status))
        instead = -EEXIST;
    else if (stream_of(&file) >= 0)
        instead = copy_stream(stream_of(&file));
    else
        *replaces = true;
    if (instead != fd)
        close(fd);
    return instead;
}

static int open_output(const char *output, const char *script, bool *replaces) {
    if (output == NULL)
        return copy_stream(STDERR_FILENO);
    if (strcmp(output, "-") == 0)
        return copy_stream(STDOUT_FILENO);
    int fd = open_file(output);
    return fd >= 0 ? recognise(fd, script, replaces) : fd;
}

int destination_open(struct destination *destination, const char *output, const char *script) {
    *destination = (struct destination){0};
    int fd = open_output(output, script, &destination->replaces);
    if (fd < 0)
        return fd;
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

int destination_begin(const struct destination *destination) {
    int fd = fileno(destination->file);
    if (destination->replaces && ftruncate(fd, 0) != 0)
        return -errno;
    if (isatty(fd))
        putc('\n', destination->file);
    return 0;
}

int destination_flush(FILE *file) {
    errno = 0;
    if (fflush(file) == 0 && !ferror(file))
        return 0;
    return errno != 0 ? -errno : -EIO;
}

void destination_close(struct destination *destination) {
    if (destination->file != NULL)
        fclose(destination->file);
    *destination = (struct destination){0};
}
