/* SPDX-License-Identifier: MIT */
#include "flushed.h"

#include <errno.h>

/* The write that failed is long past; another one is told why again. */
static int failure(FILE *file) {
    clearerr(file);
    errno = 0;
    putc('\n', file);
    fflush(file);
    return errno != 0 ? -errno : -EIO;
}

int flushed(FILE *file) {
    errno = 0;
    if (fflush(file) == 0 && !ferror(file))
        return 0;
    return errno != 0 ? -errno : failure(file);
}
