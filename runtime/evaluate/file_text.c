/* SPDX-License-Identifier: MIT */
#include "file_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char *read_open(FILE *file, size_t *size) {
    struct stat status;
    if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_size > FILE_TEXT_BYTES)
        return NULL;
    char *bytes = malloc((size_t)status.st_size + 1);
    if (bytes != NULL)
        *size = fread(bytes, 1, (size_t)status.st_size, file);
    return bytes;
}

char *file_text_read(const char *path, size_t *size) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd >= 0 ? fdopen(fd, "rb") : NULL;
    if (file == NULL) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    char *bytes = read_open(file, size);
    fclose(file);
    return bytes;
}
