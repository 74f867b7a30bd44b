/* SPDX-License-Identifier: MIT */
/*
 * generate: makes files of the manual when luaheat is built, on the machine that builds.
 *
 *   luaheat-manual page DATE     the manual page, luaheat.1
 *   luaheat-manual bash FILE     the completions of a shell (bash, zsh, fish): FILE, its line
 *                                @TABLE@ replaced by the table
 */
#include "completion.h"
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    completion_function *put;
} shells[] = {{"bash", completion_bash}, {"zsh", completion_zsh}, {"fish", completion_fish}};

static int complete(completion_function *put, const char *path) {
    char line[256];
    FILE *template = fopen(path, "r");
    if (template == NULL) {
        perror(path);
        return EXIT_FAILURE;
    }
    while (fgets(line, sizeof line, template) != NULL)
        if (strcmp(line, "@TABLE@\n") == 0)
            put(stdout);
        else
            fputs(line, stdout);
    fclose(template);
    return EXIT_SUCCESS;
}

static int generate(const char *what, const char *argument) {
    if (strcmp(what, "page") == 0) {
        page_write(stdout, argument);
        return EXIT_SUCCESS;
    }
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].name, what) == 0)
            return complete(shells[i].put, argument);
    return EXIT_FAILURE;
}

int main(int argc, char **argv) {
    if (argc != 3 || generate(argv[1], argv[2]) != EXIT_SUCCESS)
        return EXIT_FAILURE;
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
