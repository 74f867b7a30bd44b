/* SPDX-License-Identifier: MIT */
#include "complain.h"

#include "screen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void say(const char *format, ...) {
    va_list arguments;
    char *text = NULL;
    va_start(arguments, format);
    int size = vasprintf(&text, format, arguments);
    va_end(arguments);
    char *safe = size >= 0 ? screen_escape(text, (size_t)size) : NULL;
    fprintf(stderr, "luaheat: %s\n", safe != NULL ? safe : "not enough memory");
    free(safe);
    if (size >= 0)
        free(text);
}

int complain(char *complaint, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(complaint, COMPLAINT_BYTES, format, arguments);
    va_end(arguments);
    return -EINVAL;
}
