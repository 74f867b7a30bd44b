/* SPDX-License-Identifier: MIT */
#include "doors.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A relative path would be another one for each process. */
static const char *absolute(const char *variable) {
    const char *value = getenv(variable);
    return value != NULL && value[0] == '/' ? value : NULL;
}

int doors_folder(char path[DOORS_PATH_BYTES]) {
    const char *chosen = absolute(DOORS_ENV), *running = absolute("XDG_RUNTIME_DIR");
    int size = chosen != NULL ? snprintf(path, DOORS_PATH_BYTES, "%s", chosen)
               : running != NULL
                   ? snprintf(path, DOORS_PATH_BYTES, "%s/luaheat", running)
                   : snprintf(path, DOORS_PATH_BYTES, "/tmp/luaheat-%ld", (long)geteuid());
    if (size >= DOORS_PATH_BYTES)
        return -ENAMETOOLONG;
    while (size > 1 && path[size - 1] == '/')
        path[--size] = '\0';
    return 0;
}

int doors_check(const char *folder) {
    struct stat status;
    if (lstat(folder, &status) != 0)
        return -errno;
    bool ours = S_ISDIR(status.st_mode) && status.st_uid == geteuid();
    return ours && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0 ? 0 : -EPERM;
}
