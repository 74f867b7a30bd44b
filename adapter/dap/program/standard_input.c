/* SPDX-License-Identifier: MIT */
#include "standard_input.h"

#include "alloc.h"
#include "contract_check.h"
#include "memory_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what the configuration says ---- */

/* A pipe's end would depend on who else has opened it, and to open it may take for ever. */
static void check_file(struct arguments *arguments, const char *path) {
    struct stat status;
    if (stat(path, &status) != 0)
        arguments_reject(arguments, "'stdin' does not exist: %s", path);
    else if (!S_ISREG(status.st_mode) && !S_ISCHR(status.st_mode))
        arguments_reject(arguments, "'stdin' is no file: %s", path);
    else if (access(path, R_OK) != 0)
        arguments_reject(arguments, "'stdin' cannot be read: %s", path);
}

static void set_file(struct standard_input *input, struct arguments *arguments, const char *cwd,
                     const char *path) {
    bool stands_alone = path[0] == '/' || cwd == NULL;
    input->path = stands_alone ? alloc_text(path) : alloc_printed("%s/%s", cwd, path);
    if (path[0] == '\0')
        arguments_reject(arguments, "'stdin' is empty; it must name a file");
    else
        check_file(arguments, input->path);
}

static void read_object(struct standard_input *input, struct arguments *arguments, const char *cwd,
                        const cJSON *object) {
    struct arguments of_it = arguments_of(object);
    const char *file = arguments_string(&of_it, "file", NULL);
    const char *text = arguments_string(&of_it, "text", NULL);
    if (of_it.problem != NULL)
        arguments_reject(arguments, "In 'stdin': %s", of_it.problem);
    else if ((file == NULL) == (text == NULL))
        arguments_reject(arguments, "'stdin' must have either 'file' or 'text'");
    else if (file != NULL)
        set_file(input, arguments, cwd, file);
    else
        input->text = alloc_text(text);
    arguments_finish(&of_it);
}

void standard_input_read(struct standard_input *input, struct arguments *arguments,
                         const char *cwd) {
    const cJSON *value = arguments_any(arguments, "stdin");
    *input = (struct standard_input){0};
    if (cJSON_IsString(value))
        set_file(input, arguments, cwd, value->valuestring);
    else if (cJSON_IsObject(value))
        read_object(input, arguments, cwd, value);
    else if (value != NULL)
        arguments_reject(arguments, "'stdin' must be the path of a file, or an object, not %s",
                         contract_type_of(value));
}

void standard_input_finish(struct standard_input *input) {
    free(input->path);
    free(input->text);
    *input = (struct standard_input){0};
}

bool standard_input_is_given(const struct standard_input *input) {
    return input->path != NULL || input->text != NULL;
}

/* ---- what the program gets ---- */

/* 0 or a negative errno. The place in the file stays at its beginning. */
static int fill(int fd, const char *text, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t count = pwrite(fd, text + done, size - done, (off_t)done);
        if (count < 0 && errno != EINTR)
            return -errno;
        done += count > 0 ? (size_t)count : 0;
    }
    return 0;
}

static int open_text(const char *text) {
    size_t size = strlen(text);
    int fd = memory_file_create("luaheat stdin", size);
    int error = fd < 0 ? 0 : fill(fd, text, size);
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

/* What has become a pipe since it was looked at is not waited for. */
static int open_file(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return -errno;
    fcntl(fd, F_SETFL, 0);
    return fd;
}

int standard_input_open(const struct standard_input *input) {
    if (input->text != NULL)
        return open_text(input->text);
    return open_file(input->path != NULL ? input->path : "/dev/null");
}
