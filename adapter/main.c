/* SPDX-License-Identifier: MIT */
#include "complain.h"
#include "dap.h"
#include "diff.h"
#include "help.h"
#include "run.h"
#include "signals.h"

#include <fcntl.h>
#include <signal.h>
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

static int no_command(const char *word) {
    if (access(word, R_OK) == 0)
        say("no command '%s'; to run that script: luaheat run %s", word, word);
    else
        say("no command '%s'; luaheat --help lists them", word);
    return EXIT_USAGE;
}

/* `luaheat help dap` is `luaheat dap --help`. */
static int help_main(int argc, char **argv) {
    if (argc < 2 || strcmp(argv[0], "help") != 0)
        return help_overview();
    const struct command *command = find(argv[1]);
    if (command == NULL)
        return no_command(argv[1]);
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

static void pass(int signal) {
}

/* A file that becomes too large (ulimit -f) is an error to be told. Not ignored: what we start
   would ignore it too. */
static void outlive_large_files(void) {
    struct sigaction action;
    if (sigaction(SIGXFSZ, NULL, &action) == 0 && action.sa_handler == SIG_DFL)
        signal(SIGXFSZ, pass);
}

int main(int argc, char **argv) {
    signals_note();
    open_missing_streams();
    outlive_large_files();
    if (argc < 2)
        return help_no_command();
    const struct command *command = find(argv[1]);
    return command != NULL ? command->main(argc - 1, argv + 1) : no_command(argv[1]);
}
