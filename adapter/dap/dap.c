/* SPDX-License-Identifier: MIT */
#include "dap.h"

#include "alloc.h"
#include "complain.h"
#include "log.h"
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* Above what anybody counts on by number. */
#define PROTOCOL_FD 64

static const char usage[] =
    "usage: luaheat dap [options]\n"
    "Serves one debug session, the Debug Adapter Protocol on stdin and stdout.\n"
    "  --log FILE           write what goes over the wires to FILE (-: stderr)\n"
    "  --log-channels LIST  only these, of: dap,link (to stderr without --log)\n"
    "  --help               show this\n";

struct options {
    const char *log_path; /* NULL: no log */
    unsigned channels;
    bool help;
};

static bool refuse(const char *problem, const char *word) {
    say("%s: %s", problem, word);
    fputs(usage, stderr);
    return false;
}

static bool parse_valued(struct options *options, const char *name, const char *value) {
    if (strcmp(name, "--log") == 0) {
        options->log_path = value;
        return true;
    }
    if (log_channels_parse(value, &options->channels) != 0)
        return refuse("unknown channel in --log-channels", value);
    if (options->log_path == NULL)
        options->log_path = "-";
    return true;
}

static bool parse_options(struct options *options, int argc, char **argv) {
    *options = (struct options){.channels = LOG_ALL};
    for (int i = 1; i < argc; i++) {
        bool valued = strcmp(argv[i], "--log") == 0 || strcmp(argv[i], "--log-channels") == 0;
        if (strcmp(argv[i], "--help") == 0)
            options->help = true;
        else if (!valued)
            return refuse("unknown option", argv[i]);
        else if (i + 1 == argc)
            return refuse("this option needs a value", argv[i]);
        else if (!parse_valued(options, argv[i], argv[i + 1]))
            return false;
        else
            i++;
    }
    return true;
}

/* Moves a descriptor of the protocol out of everybody's reach and puts another in its place. */
static int take_over(int fd, int replacement) {
    int taken = fcntl(fd, F_DUPFD_CLOEXEC, PROTOCOL_FD);
    if (taken < 0 || replacement < 0 || dup2(replacement, fd) < 0)
        return -errno;
    return taken;
}

static int serve(struct log *log) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int in_fd = take_over(STDIN_FILENO, null);
    int out_fd = take_over(STDOUT_FILENO, STDERR_FILENO);
    if (in_fd < 0 || out_fd < 0) {
        say("cannot use stdin and stdout: %s", strerror(in_fd < 0 ? -in_fd : -out_fd));
        return 1;
    }
    close(null);
    int status = session_run(in_fd, out_fd, log);
    if (status != 0)
        say("cannot serve: %s", uv_strerror(status));
    return status == 0 ? 0 : 1;
}

int dap_main(int argc, char **argv) {
    struct options options;
    struct log log = {0};
    if (!parse_options(&options, argc, argv))
        return 2;
    if (options.help) {
        fputs(usage, stdout);
        return 0;
    }
    int status = options.log_path == NULL ? 0 : log_open(&log, options.log_path, options.channels);
    if (status != 0) {
        say("cannot write the log %s: %s; name another file", options.log_path, strerror(-status));
        return 1;
    }
    alloc_for_json();
    signal(SIGPIPE, SIG_IGN); /* a client that has gone is an error of the write, not our end */
    status = serve(&log);
    log_close(&log);
    return status;
}
