/* SPDX-License-Identifier: MIT */
#include "complain.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("luaheat: ", stderr);
    vfprintf(stderr, format, arguments);
    putc('\n', stderr);
    va_end(arguments);
}

int complain(char *complaint, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(complaint, COMPLAINT_BYTES, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

int complain_option(char *complaint, const char *command, const char *word, int option) {
    if (option == ':')
        return complain(complaint, "option '%.60s' needs a value; see luaheat %s --help", word,
                        command);
    if (optopt != 0 && strncmp(word, "--", 2) == 0)
        return complain(complaint, "option '%.60s' takes no value", word);
    return complain(complaint, "no option '%.60s'; see luaheat %s --help", word, command);
}
