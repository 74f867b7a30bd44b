/* SPDX-License-Identifier: MIT */
/* The process is a grandchild: its parent, a child of ours, waits for it. */
#include "outsider.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static uv_loop_t loop;
static bool ended;

static void on_end(void *data) {
    cr_assert_eq(data, &loop);
    cr_assert_not(ended);
    ended = true;
}

static void setup(void) {
    uv_loop_init(&loop);
}

static void teardown(void) {
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&loop), 0);
}

TestSuite(outsider, .init = setup, .fini = teardown, .timeout = 60);

/* Says its number, and that of a child of its own. */
static void be_process(int said, bool leads_group) {
    if (leads_group)
        setpgid(0, 0);
    int child = fork();
    if (child == 0)
        for (;;)
            pause();
    dprintf(said, "%d\n%d\n", (int)getpid(), child);
    for (;;)
        pause();
}

struct family {
    int parent, process, child;
    FILE *said; /* ends when all have */
};

static struct family start(bool leads_group) {
    int ends[2];
    struct family family;
    cr_assert_eq(pipe(ends), 0);
    family.parent = fork();
    if (family.parent == 0) {
        close(ends[0]);
        int process = fork();
        if (process == 0)
            be_process(ends[1], leads_group);
        close(ends[1]);
        waitpid(process, NULL, 0);
        _exit(0);
    }
    close(ends[1]);
    family.said = fdopen(ends[0], "r");
    cr_assert_eq(fscanf(family.said, "%d %d%*c", &family.process, &family.child), 2);
    return family;
}

static void finish(struct family *family) {
    waitpid(family->parent, NULL, 0);
    fclose(family->said);
}

static struct outsider *watch(int pid) {
    int error = -1;
    struct outsider *outsider = outsider_create(&loop, pid, on_end, &loop, &error);
    cr_assert_eq(error, 0);
    return outsider;
}

static void await_end(void) {
    while (!ended)
        uv_run(&loop, UV_RUN_ONCE);
}

Test(outsider, its_end_is_told) {
    struct family family = start(false);
    struct outsider *outsider = watch(family.process);
    uv_run(&loop, UV_RUN_NOWAIT);
    cr_assert_not(ended);
    kill(family.process, SIGKILL);
    await_end();
    kill(family.child, SIGKILL);
    finish(&family);
    outsider_kill(outsider, SIGKILL); /* nobody is hit */
    outsider_destroy(outsider);
}

Test(outsider, a_signal_reaches_it_alone) {
    struct family family = start(false);
    struct outsider *outsider = watch(family.process);
    outsider_kill(outsider, SIGTERM);
    await_end();
    cr_assert_eq(kill(family.child, 0), 0);
    kill(family.child, SIGKILL);
    finish(&family);
    outsider_destroy(outsider);
}

Test(outsider, or_its_group_if_it_leads_one) {
    struct family family = start(true);
    struct outsider *outsider = watch(family.process);
    outsider_kill(outsider, SIGTERM);
    await_end();
    cr_assert_eq(fgetc(family.said), EOF, "its child has ended, too");
    finish(&family);
    outsider_destroy(outsider);
}

Test(outsider, it_may_be_left_alone) {
    struct family family = start(true);
    outsider_destroy(watch(family.process));
    uv_run(&loop, UV_RUN_DEFAULT);
    cr_assert_eq(kill(family.process, 0), 0);
    kill(-family.process, SIGKILL);
    finish(&family);
    cr_assert_not(ended);
}
