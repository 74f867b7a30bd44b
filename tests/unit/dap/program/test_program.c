/* SPDX-License-Identifier: MIT */
#include "program.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static uv_loop_t loop;
static struct launch_settings settings;
static struct program program;

static const enum program_state states[] = {PROGRAM_STARTING, PROGRAM_READY,  PROGRAM_RUNNING,
                                            PROGRAM_STOPPED,  PROGRAM_ENDING, PROGRAM_GONE};
enum { STATES = sizeof states / sizeof *states };

static void start(void) {
    uv_loop_init(&loop);
    program.settings = &settings;
    program.handles.loop = &loop;
    uv_timer_init(&loop, &program.wakeup.timer);
}

TestSuite(program, .init = start);

static bool survives_entering(enum program_state from, enum program_state to) {
    int status = 0;
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        program.state = from;
        program_enter(&program, to);
        _exit(program.state == to ? 0 : 1);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

Test(program, which_state_follows_which) {
    /* starting, ready, running, stopped, ending, gone */
    static const char *const follow[STATES] = {".x..xx", "..x.xx", "...xxx",
                                               "..x.xx", ".....x", "......"};
    for (int from = 0; from < STATES; from++)
        for (int to = 0; to < STATES; to++)
            cr_assert_eq(survives_entering(states[from], states[to]), follow[from][to] == 'x',
                         "%d to %d", from, to);
}

static void check_obstacle(const struct program *asked, const char *text, const char *word) {
    const char *reason = NULL, *obstacle = program_obstacle(asked, &reason);
    cr_assert_not_null(obstacle);
    cr_assert_str_eq(obstacle, text);
    cr_assert_str_eq(reason, word);
    cr_assert_not(program_can_be_asked(asked));
}

static const char not_yet[] = "The program has not been launched yet";

Test(program, before_there_is_a_link_nobody_can_be_asked_yet) {
    check_obstacle(NULL, not_yet, "pending");
    program.state = PROGRAM_STARTING;
    check_obstacle(&program, not_yet, "pending");
}

Test(program, one_that_has_a_link_can_be_asked_in_whatever_state_before_its_end) {
    program.link.open = true;
    for (int i = 0; states[i] != PROGRAM_ENDING; i++) {
        program.state = states[i];
        cr_assert(program_can_be_asked(&program));
    }
    program.state = PROGRAM_ENDING;
    check_obstacle(&program, "The program has ended", "failed");
    program.state = PROGRAM_GONE;
    check_obstacle(&program, "The program has ended", "failed");
}

Test(program, one_that_has_closed_the_link_cannot_be_asked_any_more) {
    program.state = PROGRAM_RUNNING;
    check_obstacle(&program, "The program has closed the debugger's descriptor", "failed");
}

Test(program, one_that_is_not_debugged_cannot_be_asked) {
    program.state = PROGRAM_RUNNING;
    program.link.open = settings.no_debug = true;
    check_obstacle(&program, "The program runs without debugging ('noDebug')", "failed");
}
