/* SPDX-License-Identifier: MIT */
#include "listener.h"

#include "alloc.h"
#include "callers.h"
#include "complain.h"
#include "connection.h"
#include "deadline.h"
#include "listening_socket.h"
#include "log.h"
#include "peer.h"
#include "tcp_peer.h"
#include "token.h"

#include <cJSON.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

/* What sessions get to end by themselves, and a listener that is out of descriptors to wait. */
enum { END_MS = 10000, RETRY_MS = 100 };

struct listener {
    const struct listener_settings *settings;
    struct listening_socket listening; /* fd -1: nobody may come any more */
    struct token token;
    struct callers callers;
    unsigned last_session;
    time_t last_refusal; /* told on standard error: a scan would fill it */
    bool exhausted;      /* of what a connection needs: a moment without them */
    bool met;            /* the only session has begun, */
    int code;            /* and ended so */
};

/* ---- signals ---- */

static int wake[2] = {-1, -1}; /* a pipe: a handler can do little else */

static void on_signal(int number) {
    int error = errno;
    ssize_t written = write(wake[1], "s", 1);
    (void)written;
    errno = error;
}

static const int ends[] = {SIGTERM, SIGINT, SIGHUP};
enum { ENDS = sizeof ends / sizeof ends[0] };

/* One that was ignored when we were started (nohup) stays so. */
static void handle_signals(void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler}, old;
    for (int i = 0; i < ENDS; i++)
        if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
}

/* Until the mask is what it was, which is returned. */
static sigset_t hold_signals(void) {
    sigset_t held, before;
    sigemptyset(&held);
    for (int i = 0; i < ENDS; i++)
        sigaddset(&held, ends[i]);
    sigprocmask(SIG_BLOCK, &held, &before);
    return before;
}

static int watch_signals(void) {
    if (pipe(wake) != 0)
        return -errno;
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
    }
    handle_signals(on_signal);
    return 0;
}

/* ---- who knocks ---- */

static const struct token *token_of(const struct listener *listener) {
    return listener->token.text != NULL ? &listener->token : NULL;
}

static int check_peer(const struct listener *listener, int fd) {
    int pid;
    if (listener->listening.address.reach == ADDRESS_UNIX)
        return peer_check(fd, &pid);
    return token_of(listener) != NULL ? 0 : tcp_peer_check(fd);
}

static void print_peer(int fd, char text[ADDRESS_TEXT_BYTES]) {
    struct address peer = {.size = sizeof peer.name};
    if (getpeername(fd, (struct sockaddr *)&peer.name, &peer.size) != 0)
        snprintf(text, ADDRESS_TEXT_BYTES, "somebody");
    else
        address_print(&peer, text);
}

static void turn_away(struct listener *listener, int fd, int error) {
    char peer[ADDRESS_TEXT_BYTES];
    print_peer(fd, peer);
    close(fd);
    char *text = alloc_printed("a connection (%s) was refused: %s", peer,
                               error == -EPERM ? "not of this user" : strerror(-error));
    log_remark(listener->settings->log, LOG_DAP, text);
    time_t now = time(NULL);
    if (now != listener->last_refusal)
        say("%s", text);
    listener->last_refusal = now;
    free(text);
}

/* ---- its process ---- */

/* mask: of the signals, which may have come to it already. */
_Noreturn static void serve_in_child(struct listener *listener, int fd, int word,
                                     const sigset_t *mask) {
    struct listener_settings settings = *listener->settings;
    bool full = callers_admitted(&listener->callers) >= CALLERS_ADMITTED;
    callers_forget(&listener->callers);
    close(listener->listening.fd);
    close(wake[0]);
    close(wake[1]);
    handle_signals(SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    settings.log->session = listener->last_session;
    struct connection connection = {
        .fd = fd,
        .word = word,
        .token = token_of(listener),
        .turned_away = full ? "This luaheat has too many sessions already: end one" : NULL,
        .log = settings.log,
    };
    int code = connection_serve(&connection);
    handle_signals(SIG_IGN); /* it ends, and what looks at its end (sanitizers) is let finish */
    token_finish(&listener->token);
    log_close(settings.log);
    exit(code);
}

static int start_session(struct listener *listener, int fd) {
    int word[2];
    if (pipe(word) != 0)
        return -errno;
    fcntl(word[0], F_SETFD, FD_CLOEXEC);
    fcntl(word[1], F_SETFD, FD_CLOEXEC);
    listener->last_session++;
    sigset_t mask = hold_signals();
    pid_t pid = fork();
    if (pid == 0) {
        close(word[0]);
        serve_in_child(listener, fd, word[1], &mask);
    }
    int error = pid < 0 ? -errno : 0;
    sigprocmask(SIG_SETMASK, &mask, NULL);
    close(word[1]);
    if (error == 0)
        callers_add(&listener->callers, pid, word[0]);
    else
        close(word[0]);
    return error;
}

static void take_connection(struct listener *listener) {
    int fd = listening_socket_accept(&listener->listening);
    if (fd < 0) {
        listener->exhausted = fd != -EAGAIN && fd != -ECONNABORTED && fd != -EINTR;
        return;
    }
    int error = check_peer(listener, fd);
    if (error == 0 && !callers_make_room(&listener->callers))
        error = -EAGAIN;
    if (error == 0)
        error = start_session(listener, fd);
    if (error != 0)
        turn_away(listener, fd, error);
    else
        close(fd);
}

/* ---- the life of all ---- */

static void stop_listening(struct listener *listener) {
    listening_socket_close(&listener->listening);
}

static void hear(struct listener *listener, size_t index) {
    int status = 0;
    bool admitted = listener->callers.all[index].admitted;
    bool once = listener->settings->once;
    if (callers_hear(&listener->callers, index, &status) == CALLER_ENDED) {
        if (once && admitted)
            listener->code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
    } else if (once && !listener->met) {
        listener->met = true;
        stop_listening(listener);
        callers_signal(&listener->callers, SIGTERM, true);
    }
}

/* False: a signal wants the end. */
static bool wait_for_news(struct listener *listener, int most_ms) {
    struct pollfd fds[CALLERS_MOST + 2];
    size_t count = listener->callers.count;
    int socket = listener->exhausted ? -1 : listener->listening.fd;
    for (size_t i = 0; i < count; i++)
        fds[i] = (struct pollfd){.fd = listener->callers.all[i].word, .events = POLLIN};
    fds[count] = (struct pollfd){.fd = wake[0], .events = POLLIN};
    fds[count + 1] = (struct pollfd){.fd = socket, .events = POLLIN};
    int timeout = listener->exhausted ? RETRY_MS : most_ms;
    listener->exhausted = false;
    if (poll(fds, count + 2, timeout) <= 0)
        return true;
    for (size_t i = count; i-- > 0;) /* one that has ended leaves the list */
        if (fds[i].revents != 0)
            hear(listener, i);
    if (fds[count + 1].revents != 0 && listener->listening.fd >= 0)
        take_connection(listener);
    return fds[count].revents == 0;
}

/* All of them, or the time is over. */
static void await_sessions(struct listener *listener, int64_t milliseconds) {
    int64_t deadline = deadline_in(milliseconds), left = milliseconds;
    for (; listener->callers.count > 0 && left > 0; left = deadline_left(deadline))
        wait_for_news(listener, (int)left);
}

static void end_sessions(struct listener *listener) {
    char unread[16];
    handle_signals(SIG_DFL); /* asked twice, it ends at once */
    while (read(wake[0], unread, sizeof unread) > 0)
        continue;
    stop_listening(listener);
    callers_signal(&listener->callers, SIGTERM, false);
    await_sessions(listener, END_MS);
    if (listener->callers.count == 0)
        return;
    say("%zu sessions have not ended by themselves, and are killed", listener->callers.count);
    callers_signal(&listener->callers, SIGKILL, false);
    await_sessions(listener, END_MS);
}

static void serve(struct listener *listener) {
    bool wanted = true;
    while (wanted && (listener->listening.fd >= 0 || listener->callers.count > 0))
        wanted = wait_for_news(listener, -1);
    end_sessions(listener);
}

/* ---- its beginning ---- */

static int check_reach(const struct listener *listener, const struct address *address,
                       char *complaint) {
    bool secret = token_of(listener) != NULL;
    if (address->reach == ADDRESS_BEYOND && !secret)
        return complain(complaint,
                        "--listen %.200s: whoever reaches this address could run programs here; "
                        "--token-file FILE lets in only who has what stands in FILE",
                        listener->settings->address);
    if (address->reach == ADDRESS_LOOPBACK && !secret && !tcp_peer_is_known())
        return complain(complaint,
                        "--listen %.200s: this system does not tell whose a connection is; name "
                        "a --token-file FILE, or listen at a path",
                        listener->settings->address);
    return 0;
}

/* Is what the user wants possible? */
static int read_settings(struct listener *listener, struct address *address, char *complaint) {
    const struct listener_settings *settings = listener->settings;
    int status = 0;
    if (settings->token_path != NULL)
        status = token_read(&listener->token, settings->token_path, complaint);
    if (status == 0)
        status = address_parse(address, settings->address, complaint);
    if (status == 0)
        status = check_reach(listener, address, complaint);
    return status;
}

static void print_place(const struct address *address) {
    cJSON *line = alloc_checked(cJSON_CreateObject());
    char text[ADDRESS_TEXT_BYTES];
    address_print(address, text);
    cJSON_AddStringToObject(line, "type", "listening");
    if (address_path(address) != NULL) {
        cJSON_AddStringToObject(line, "path", text);
    } else {
        *strrchr(text, ':') = '\0';
        bool bracketed = text[0] == '[';
        text[strlen(text) - bracketed] = '\0';
        cJSON_AddStringToObject(line, "host", text + bracketed);
        cJSON_AddNumberToObject(line, "port", address_port(address));
    }
    char *json = alloc_checked(cJSON_PrintUnformatted(line));
    printf("%s\n", json);
    free(json);
    cJSON_Delete(line);
}

/* Who waits for the line may wait for the end of the stream, too. */
static void tell_place(const struct listener *listener) {
    const struct address *address = &listener->listening.address;
    char text[ADDRESS_TEXT_BYTES];
    address_print(address, text);
    print_place(address);
    fflush(stdout);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    close(null);
    say("listening at %s, for %s", text,
        token_of(listener) != NULL ? "who has the token" : "programs of this user");
}

int listener_serve(const struct listener_settings *settings) {
    char complaint[COMPLAINT_BYTES];
    struct listener listener = {.settings = settings, .listening.fd = -1};
    struct address address;
    int code = EXIT_FAILURE;
    if (read_settings(&listener, &address, complaint) != 0) {
        say("%s", complaint);
        code = EXIT_USAGE;
    } else if (listening_socket_open(&listener.listening, &address, complaint) != 0) {
        say("%s", complaint);
    } else if (watch_signals() != 0) {
        say("cannot serve: %s", strerror(errno));
    } else {
        tell_place(&listener);
        serve(&listener);
        code = listener.code;
    }
    listening_socket_close(&listener.listening);
    token_finish(&listener.token);
    return code;
}
