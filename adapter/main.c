/* SPDX-License-Identifier: MIT */
#include "dap.h"
#include "diff.h"
#include "help.h"
#include "run.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

struct command {
    const char *name;
    int (*main)(int argc, char **argv);
};

static int help_main(int argc, char **argv);

static int version_main(int argc, char **argv) {
    return help_version();
}

static const struct command commands[] = {
    {"run", run_main},     {"diff", diff_main}, {"dap", dap_main},           {"help", help_main},
    {"--help", help_main}, {"-h", help_main},   {"--version", version_main},
};

static const struct command *find(const char *name) {
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int complain(const char *word) {
    if (access(word, R_OK) == 0)
        fprintf(stderr, "luaheat: no command '%s'; to run that script: luaheat run %s\n", word,
                word);
    else
        fprintf(stderr, "luaheat: no command '%s'; luaheat --help lists them\n", word);
    return EXIT_USAGE;
}

/* `luaheat help dap` is `luaheat dap --help`. */
static int help_main(int argc, char **argv) {
    if (argc < 2 || strcmp(argv[0], "help") != 0)
        return help_overview();
    const struct command *command = find(argv[1]);
    if (command == NULL)
        return complain(argv[1]);
    if (command->main == help_main || command->main == version_main)
        return help_overview();
    char *asked[] = {argv[1], (char *)"--help", NULL};
    return command->main(2, asked);
}

/* Without a standard stream the next file opened would take its place. */
static void open_missing_streams(void) {
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int main(int argc, char **argv) {
    open_missing_streams();
    if (argc < 2)
        return help_no_command();
    const struct command *command = find(argv[1]);
    return command != NULL ? command->main(argc - 1, argv + 1) : complain(argv[1]);
}
