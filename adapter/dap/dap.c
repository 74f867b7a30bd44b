/* SPDX-License-Identifier: MIT */
#include "dap.h"

#include "alloc.h"
#include "help.h"
#include "listener.h"
#include "log.h"
#include "options.h"
#include "serve_client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { EXIT_USAGE = 2 };

/* Above what anybody counts on by number. */
#define PROTOCOL_FD 64

struct settings {
    const char *log_path; /* NULL: no log */
    unsigned channels;
    struct listener_settings listener; /* address NULL: the client is at stdin and stdout */
    bool help;
};

static int take(void *into, int key, const char *value, char *complaint) {
    struct settings *settings = into;
    switch (key) {
    case 'l':
        settings->log_path = value;
        return 0;
    case 'c':
        if (settings->log_path == NULL)
            settings->log_path = "-";
        return log_channels_parse(value, &settings->channels);
    case 'L':
        settings->listener.address = value;
        return 0;
    case 'T':
        settings->listener.token_path = value;
        return 0;
    case 'O':
        settings->listener.once = true;
        return 0;
    default:
        settings->help = true;
        return 1;
    }
}

static const struct options syntax = {&manual_dap, take};

/* Those of a server, without one. */
static int check(const struct settings *settings, char *complaint) {
    const struct listener_settings *listener = &settings->listener;
    if (listener->address != NULL || (listener->token_path == NULL && !listener->once))
        return 0;
    return complain(complaint, "--%s is for --listen ADDRESS",
                    listener->token_path != NULL ? "token-file" : "once");
}

static bool parse(struct settings *settings, int argc, char **argv) {
    char complaint[COMPLAINT_BYTES];
    *settings = (struct settings){.channels = LOG_ALL};
    bool good = options_parse(&syntax, settings, argc, argv, complaint) >= 0 &&
                (settings->help || check(settings, complaint) == 0);
    if (!good)
        say("%s", complaint);
    return good;
}

/* Moves a descriptor of the protocol out of everybody's reach and puts another in its place. */
static int take_over(int fd, int replacement) {
    int taken = fcntl(fd, F_DUPFD_CLOEXEC, PROTOCOL_FD);
    if (taken < 0 && errno == EINVAL) /* so many may not be open here */
        taken = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (taken < 0 || replacement < 0 || dup2(replacement, fd) < 0)
        return -errno;
    return taken;
}

static int serve_standard_streams(struct log *log) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int in_fd = take_over(STDIN_FILENO, null);
    int out_fd = take_over(STDOUT_FILENO, STDERR_FILENO);
    if (in_fd < 0 || out_fd < 0) {
        say("cannot use stdin and stdout: %s", strerror(in_fd < 0 ? -in_fd : -out_fd));
        return 1;
    }
    close(null);
    int status = serve_client(in_fd, out_fd, log, NULL);
    if (status != 0)
        say("cannot serve: %s", uv_strerror(status));
    return status == 0 ? 0 : 1;
}

int dap_main(int argc, char **argv) {
    struct settings settings;
    struct log log = {0};
    if (!parse(&settings, argc, argv))
        return EXIT_USAGE;
    if (settings.help)
        return help_show(&manual_dap);
    int status =
        settings.log_path == NULL ? 0 : log_open(&log, settings.log_path, settings.channels);
    if (status != 0) {
        say("cannot write the log %s: %s; name another file", settings.log_path, strerror(-status));
        return 1;
    }
    alloc_for_json();
    signal(SIGPIPE, SIG_IGN); /* a client that has gone is an error of the write, not our end */
    settings.listener.log = &log;
    status = settings.listener.address != NULL ? listener_serve(&settings.listener)
                                               : serve_standard_streams(&log);
    log_close(&log);
    return status;
}
