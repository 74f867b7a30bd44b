/* SPDX-License-Identifier: MIT */
#include "source_text.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Larger files are taken for data. A file may be all line ends: where a line starts is kept of each
   MARK_LINES-th only. */
enum { FILE_BYTES = 64 << 20, MARK_LINES = 64 };

struct source_file {
    struct source_file *next;
    char *path;
    char *text;
    size_t size;
    size_t *marks; /* where lines 1, 1 + MARK_LINES, ... start */
    uint32_t lines;
};

static size_t read_whole(int fd, char *text, size_t size) {
    size_t done = 0;
    ssize_t count;
    while (done < size && (count = read(fd, text + done, size - done)) > 0)
        done += (size_t)count;
    return done;
}

/* Not blocking: the path may by now be a pipe that nobody writes to. */
static void read_text(struct source_file *file) {
    struct stat status;
    int fd = open(file->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
        status.st_size <= FILE_BYTES) {
        file->text = malloc((size_t)status.st_size);
        if (file->text != NULL)
            file->size = read_whole(fd, file->text, (size_t)status.st_size);
    }
    close(fd);
}

/* Lua's rule: "\n", "\r", "\r\n" and "\n\r" each end one line. */
static bool ends_line(char byte) {
    return byte == '\n' || byte == '\r';
}

static size_t after_line_end(const struct source_file *file, size_t at) {
    char first = file->text[at++];
    bool pair = at < file->size && ends_line(file->text[at]) && file->text[at] != first;
    return at + pair;
}

static size_t next_start(const struct source_file *file, size_t at) {
    while (at < file->size && !ends_line(file->text[at]))
        at++;
    return at < file->size ? after_line_end(file, at) : file->size;
}

static void find_lines(struct source_file *file) {
    uint32_t lines = 0;
    for (size_t at = 0; at < file->size; at = next_start(file, at))
        lines++;
    file->marks = calloc((size_t)lines / MARK_LINES + 1, sizeof *file->marks);
    if (file->marks == NULL)
        return;
    for (size_t at = 0; at < file->size; at = next_start(file, at), file->lines++)
        if (file->lines % MARK_LINES == 0)
            file->marks[file->lines / MARK_LINES] = at;
}

static size_t start_of(const struct source_file *file, uint32_t line) {
    size_t at = file->marks[(line - 1) / MARK_LINES];
    for (uint32_t left = (line - 1) % MARK_LINES; left > 0; left--)
        at = next_start(file, at);
    return at;
}

static struct source_file *file_open(const char *path) {
    struct source_file *file = calloc(1, sizeof *file);
    if (file == NULL)
        return NULL;
    file->path = strdup(path);
    if (file->path == NULL) {
        free(file);
        return NULL;
    }
    read_text(file);
    if (file->size > 0)
        find_lines(file);
    return file;
}

/* The file asked for last is put first: rows of one file often follow each other. */
static struct source_file *find(struct source_text *sources, const char *path) {
    for (struct source_file **at = &sources->files; *at != NULL; at = &(*at)->next)
        if (strcmp((*at)->path, path) == 0) {
            struct source_file *file = *at;
            *at = file->next;
            return file;
        }
    return file_open(path);
}

static bool blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f' || ends_line(byte);
}

static struct source_file *open_source(struct source_text *sources, const char *path) {
    struct source_file *file = find(sources, path);
    if (file == NULL)
        return NULL;
    file->next = sources->files;
    sources->files = file;
    return file;
}

uint32_t source_text_lines(struct source_text *sources, const char *path) {
    const struct source_file *file = open_source(sources, path);
    return file != NULL ? file->lines : 0;
}

const char *source_text_indented(struct source_text *sources, const char *path, uint32_t line,
                                 size_t *size) {
    const struct source_file *file = open_source(sources, path);
    if (file == NULL || line == 0 || line > file->lines)
        return NULL;
    size_t at = start_of(file, line);
    const char *start = file->text + at, *end = file->text + next_start(file, at);
    while (end > start && blank(end[-1]))
        end--;
    *size = (size_t)(end - start);
    return start;
}

const char *source_text_line(struct source_text *sources, const char *path, uint32_t line,
                             size_t *size) {
    const char *start = source_text_indented(sources, path, line, size);
    while (start != NULL && *size > 0 && blank(*start)) {
        start++;
        (*size)--;
    }
    return start;
}

void source_text_finish(struct source_text *sources) {
    while (sources->files != NULL) {
        struct source_file *file = sources->files;
        sources->files = file->next;
        free(file->path);
        free(file->text);
        free(file->marks);
        free(file);
    }
}
