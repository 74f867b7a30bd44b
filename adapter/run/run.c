/* SPDX-License-Identifier: MIT */
#include "run.h"

#include "complain.h"
#include "debuggee.h"
#include "figures_copy.h"
#include "help.h"
#include "largest.h"
#include "link.h"
#include "relay.h"
#include "run_options.h"
#include "run_report.h"
#include "shared_memory.h"
#include "signals.h"
#include "told.h"
#include "walk_notice.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

enum { EXIT_NOTHING_RUN = 1, EXIT_USAGE = 2, EXIT_LIMIT = 3, EXIT_SIGNAL = 128 };

struct run {
    struct run_options options;
    struct run_report report;
    struct shared_memory shared; /* what the script's figures are written into */
    struct shared_memory answer; /* and what it has to tell */
    struct why why;
    struct largest largest;
    struct figures_copy copy;
    struct relay relay;
    struct walk_notice notice;
    struct debuggee *debuggee;
    char *measuring; /* LINK_ENV_MEASURE's text; NULL: nothing is measured */
    int exit_code;   /* the script's, or what stands for its signal */
    int signal;      /* that ended the script; 0: none */
    enum run_limits_verdict verdict;
};

/* ---- before the script ---- */

/* Does not open it: the script may be a pipe. */
static bool is_readable(const char *script) {
    struct stat status;
    if (strcmp(script, "-") == 0)
        return true;
    return access(script, R_OK) == 0 && stat(script, &status) == 0 && !S_ISDIR(status.st_mode);
}

static char *find_interpreter(void) {
    char *interpreter = interpreter_find();
    const char *chosen = getenv("LUAHEAT_LUA");
    if (interpreter == NULL && chosen != NULL)
        say("LUAHEAT_LUA names %s, which cannot be executed; unset it or name luaheat-lua", chosen);
    else if (interpreter == NULL)
        say("cannot find luaheat-lua beside this program; install it there, or set LUAHEAT_LUA to "
            "its path");
    return interpreter;
}

static bool locate_limits(struct run *run) {
    if (run->options.limits.count == 0)
        return true;
    char complaint[COMPLAINT_BYTES];
    char *path = find_interpreter();
    if (path == NULL)
        return false;
    const struct interpreter interpreter = {.path = path, .library = run->options.library};
    int error = run_limits_locate(&run->options.limits, &interpreter, complaint);
    if (error != 0)
        say("%s", complaint);
    free(path);
    return error == 0;
}

/* ---- the script ---- */

static void script_ended(void *data, int64_t exit_code, int signal) {
    struct run *run = data;
    run->signal = signal;
    run->exit_code = signal != 0 ? EXIT_SIGNAL + signal : (int)exit_code;
    walk_notice_finish(&run->notice);
    relay_finish(&run->relay);
    debuggee_destroy(run->debuggee);
}

static void pass_signal(void *data, int signal) {
    struct run *run = data;
    debuggee_kill(run->debuggee, signal);
}

/* A script whose name starts with a dash came behind "--", which its interpreter needs as well. */
static char **script_arguments(const struct run_options *options) {
    if (options->host)
        return options->arguments + 1;
    bool like_option = options->script[0] == '-' && options->script[1] != '\0';
    return like_option ? options->arguments - 1 : options->arguments;
}

static int start(struct run *run, uv_loop_t *loop, const struct interpreter *interpreter) {
    int error = relay_init(&run->relay, loop, pass_signal, run);
    if (error != 0)
        return error;
    error = walk_notice_init(&run->notice, loop, run->answer.address);
    if (error != 0) {
        relay_finish(&run->relay);
        return error;
    }
    struct debuggee_options options = {.interpreter = *interpreter,
                                       .args = script_arguments(&run->options),
                                       .figures_fd = run->shared.fd,
                                       .measure = run->measuring};
    if (run->answer.address != NULL)
        options.answer = &run->answer;
    run->debuggee = debuggee_start(loop, &options, script_ended, run, &error);
    if (run->debuggee == NULL) {
        walk_notice_finish(&run->notice);
        relay_finish(&run->relay);
    }
    return error;
}

/* 0 once the script is over, or a negative UV_E... if it could not be started. */
static int run_script(struct run *run, const struct interpreter *interpreter) {
    uv_loop_t loop;
    int error = uv_loop_init(&loop);
    if (error != 0)
        return error;
    error = start(run, &loop, interpreter);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return error;
}

static bool write_measuring(struct run *run) {
    const struct run_options *options = &run->options;
    if (options->measure_count == 0 && !told_is_asked(&options->told))
        return true;
    run->measuring = measure_option_json(options->measures, options->measure_count,
                                         options->collect, options->warmup, &options->told);
    if (run->measuring == NULL)
        say("not enough memory");
    return run->measuring != NULL;
}

static int share_figures(struct run *run) {
    int error = shared_memory_init(&run->shared, "luaheat-figures", sizeof(struct figures), false);
    if (error == 0 && told_is_asked(&run->options.told))
        error = shared_memory_init(&run->answer, "luaheat-answer", LINK_ANSWER_BYTES, false);
    return error != 0 ? error : figures_copy_init(&run->copy, run->shared.address);
}

static char *find_module(void) {
    char *module = interpreter_find_module();
    if (module == NULL)
        say("cannot find luaheat.so, which --host needs; it belongs to this program, as "
            "../lib/lua/5.4/luaheat.so beside it");
    return module;
}

static bool execute_with(struct run *run, const struct interpreter *interpreter) {
    int error = share_figures(run);
    if (error == -EFBIG) {
        say("no room for the figures: the limit for the size of files (ulimit -f) must be 1 GiB or "
            "more");
    } else if (error != 0) {
        say("cannot share memory for the figures: %s", strerror(-error));
    } else {
        error = run_script(run, interpreter);
        if (error != 0)
            say("cannot start %s: %s", interpreter->path, uv_strerror(error));
    }
    return error == 0;
}

/* What the system finds in PATH is a host's path. */
static bool execute_host(struct run *run) {
    char *module = find_module();
    const char *name = run->options.script;
    bool done =
        module != NULL &&
        execute_with(run, &(struct interpreter){.path = name, .module = module, .name = name});
    free(module);
    return done;
}

static bool execute_script(struct run *run) {
    char *path = find_interpreter();
    bool done =
        path != NULL &&
        execute_with(run, &(struct interpreter){.path = path, .library = run->options.library});
    free(path);
    return done;
}

/* Of the interpreter as of a host. */
static bool choose_stacks(const struct run *run) {
    const char *stacks = run->options.stacks;
    bool chosen = stacks == NULL || setenv(LINK_ENV_SAMPLING, stacks, 1) == 0;
    if (!chosen)
        say("not enough memory");
    return chosen;
}

static bool execute(struct run *run) {
    bool done = choose_stacks(run) && write_measuring(run) &&
                (run->options.host ? execute_host(run) : execute_script(run));
    free(run->measuring);
    return done;
}

/* ---- after the script ---- */

static void say_signal(const struct run *run) {
    const char *name = signals_name(run->signal);
    char *line = lines_last_place(run->copy.figures);
    const char *where = line != NULL ? "; last known line: " : "";
    if (name != NULL)
        say("the script was ended by %s (%s)%s%s", name, strsignal(run->signal), where,
            line != NULL ? line : "");
    else
        say("the script was ended by signal %d%s%s", run->signal, where, line != NULL ? line : "");
    free(line);
}

/* The interpreter has said what is wrong with it, in lua5.4's words. */
static void say_what_to_name(const char *script) {
    struct stat status;
    char *cwd = *script == '/' ? NULL : getcwd(NULL, 0);
    if (stat(script, &status) == 0)
        say("nothing ran; %s cannot be read, name a Lua script that can", script);
    else if (cwd != NULL)
        say("nothing ran; the script's name is looked up in %s", cwd);
    else
        say("nothing ran; check the script's name");
    free(cwd);
}

static void say_no_figures(const struct run *run) {
    if (run->copy.figures->magic == 0 && run->options.library != NULL)
        say("nothing ran; --lua takes the path of a shared liblua of Lua 5.4");
    else if (run->copy.figures->magic != 0)
        say("there are no figures: luaheat-lua is of another version than luaheat; use those of "
            "one "
            "build");
    else if (run->options.host)
        say("there are no figures: nothing in %s has loaded luaheat; a stock lua5.4 does it by "
            "itself (without -E), other programs by Lua code that says require \"luaheat\"",
            run->options.script);
    else
        say("there are no figures: the interpreter ended before it could measure anything");
}

static bool is_untold(const struct run *run) {
    const struct told_options *asked = &run->options.told;
    bool whys = asked->why.words != NULL && run->why.json == NULL;
    return !asked->at_peak && (whys || (asked->largest > 0 && run->largest.json == NULL));
}

/* The script's own goes first. reported: all that was asked for was done. */
static int exit_code(const struct run *run, bool reported) {
    if (run->exit_code != 0)
        return run->exit_code;
    if (run->verdict == RUN_LIMITS_BROKEN)
        return EXIT_LIMIT;
    return reported && run->verdict == RUN_LIMITS_KEPT ? 0 : EXIT_USAGE;
}

static int read_told(struct run *run) {
    if (run->answer.address == NULL)
        return 0;
    const struct told_options *asked = &run->options.told;
    cJSON *told = told_read(run->answer.address);
    int error = 0;
    if (asked->why.words != NULL) {
        error = why_read(&run->why, &asked->why, told_moment(asked), told);
        run->report.answers.why = &run->why;
    }
    if (error == 0 && asked->largest > 0) {
        run->largest.at = told_moment(asked);
        error = largest_read(&run->largest, told);
        run->report.answers.largest = &run->largest;
    }
    cJSON_Delete(told);
    return error;
}

static int report_figures(struct run *run) {
    if (run->copy.figures->magic != FIGURES_MAGIC) {
        say_no_figures(run);
        return exit_code(run, run->options.limits.count == 0);
    }
    int error = read_told(run);
    if (error != 0)
        say("cannot read what the script has told: %s", strerror(-error));
    else if (run->options.host && is_untold(run))
        say("nothing was told of the end: %s has not closed its Lua state; --why-at peak asks "
            "while it runs",
            run->options.script);
    bool written = run_report_write(&run->report, &run->options, run->copy.figures, &run->verdict);
    return exit_code(run, written && error == 0);
}

/* The exit code. A script that cannot be read is the interpreter's to complain about: it may have
   come into being by then (LUA_INIT). */
static int run_and_report(struct run *run) {
    bool readable = run->options.host || is_readable(run->options.script);
    if (!locate_limits(run) || !run_report_open(&run->report, &run->options))
        return EXIT_USAGE;
    if (!execute(run))
        return EXIT_NOTHING_RUN;
    figures_copy_read(&run->copy);
    if (run->signal != 0)
        say_signal(run);
    if (readable || run->exit_code == 0)
        return report_figures(run);
    say_what_to_name(run->options.script);
    return run->exit_code;
}

static int run_command(struct run *run) {
    signal(SIGPIPE, SIG_IGN);
    int code = run_and_report(run);
    figures_copy_finish(&run->copy);
    shared_memory_finish(&run->shared);
    shared_memory_finish(&run->answer);
    why_finish(&run->why);
    largest_finish(&run->largest);
    run_report_close(&run->report);
    return code;
}

int run_main(int argc, char **argv) {
    struct run run = {0};
    char complaint[COMPLAINT_BYTES];
    int code = EXIT_USAGE;
    if (run_options_parse(&run.options, argc, argv, complaint) != 0)
        say("%s", complaint);
    else
        code = run.options.help ? help_show(&manual_run) : run_command(&run);
    run_options_finish(&run.options);
    return code;
}
