/* SPDX-License-Identifier: MIT */
#include "refusal.h"

#include "inherited.h"
#include "refusing.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int refuse(const char *format, ...) {
    char problem[8192], unusable[INHERITED_PROBLEM_BYTES];
    struct handed handed;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem, sizeof problem, format, arguments);
    va_end(arguments);
    if (inherited_take(&handed, unusable) && handed.link >= 0)
        refusing_tell(handed.link, problem);
    else
        fprintf(stderr, "luaheat-lua: %s\n", problem);
    handed_finish(&handed);
    return EXIT_FAILURE;
}
