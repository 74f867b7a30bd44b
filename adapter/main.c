/* SPDX-License-Identifier: MIT */
#include "complain.h"
#include "dap.h"
#include "diff.h"
#include "help.h"
#include "interpreter.h"
#include "options.h"
#include "ps.h"
#include "run.h"
#include "signals.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

struct command {
    const char *name;
    int (*main)(int argc, char **argv);
};

static int help_main(int argc, char **argv);

static const struct command commands[] = {
    {"run", run_main}, {"diff", diff_main}, {"ps", ps_main}, {"dap", dap_main}, {"help", help_main},
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

/* ---- luaheat help ---- */

static int take_help(void *into, int key, const char *value, char *complaint) {
    const char **word = into;
    *word = key == OPTIONS_WORD ? value : "help";
    return 1;
}

static int show(const char *name) {
    for (const struct manual_command *const *command = manual_commands; *command != NULL; command++)
        if (strcmp((*command)->name, name) == 0)
            return help_show(*command);
    return no_command(name);
}

/* `luaheat help dap` is `luaheat dap --help`. */
static int help_main(int argc, char **argv) {
    static const struct options syntax = {&manual_help, take_help};
    char complaint[COMPLAINT_BYTES];
    const char *word = NULL;
    int next = options_parse(&syntax, &word, argc, argv, complaint);
    if (next < 0) {
        say("%s", complaint);
        return EXIT_USAGE;
    }
    if (word == NULL && next < argc)
        word = argv[next];
    return word == NULL ? help_show(&manual_luaheat) : show(word);
}

/* ---- luaheat ---- */

static int say_version(void) {
    return puts("luaheat " LUAHEAT_VERSION " (for Lua 5.4)") >= 0 && fflush(stdout) == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}

/* A template, as package.cpath has them. */
static int say_cpath(void) {
    char *module = interpreter_find_module();
    if (module == NULL) {
        say("cannot find luaheat.so; it belongs to this program, as ../lib/lua/5.4/luaheat.so "
            "beside it");
        return EXIT_FAILURE;
    }
    int folder = (int)(strrchr(module, '/') - module);
    bool said = printf("%.*s/?.so\n", folder, module) >= 0 && fflush(stdout) == 0;
    free(module);
    return said ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int take_option(void *into, int key, const char *value, char *complaint) {
    int *code = into;
    *code = key == 'V' ? say_version() : key == 'C' ? say_cpath() : help_show(&manual_luaheat);
    return 1;
}

/* A command and its words, or an option that stands for one. */
static int obey(int argc, char **argv) {
    static const struct options syntax = {&manual_luaheat, take_option};
    char complaint[COMPLAINT_BYTES];
    int code = -1;
    int next = options_parse(&syntax, &code, argc, argv, complaint);
    if (next < 0) {
        say("%s", complaint);
        return EXIT_USAGE;
    }
    if (code >= 0)
        return code;
    if (next >= argc) {
        help_write(stderr, &manual_luaheat, HELP_COLUMNS);
        return EXIT_USAGE;
    }
    const struct command *command = find(argv[next]);
    return command != NULL ? command->main(argc - next, argv + next) : no_command(argv[next]);
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
    return obey(argc, argv);
}
