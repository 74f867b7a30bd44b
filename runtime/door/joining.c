/* SPDX-License-Identifier: MIT */
#include "joining.h"

#include "connecting.h"
#include "deadline.h"
#include "link.h"
#include "local_socket.h"
#include "peer.h"
#include "text.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both close-on-exec. */
struct visit {
    int session; /* -1: it has said that somebody comes */
    int door;    /* where */
    struct local_socket_file file;
    char path[256];
};

static void close_if(int fd) {
    if (fd >= 0)
        close(fd);
}

/* ---- the session is told ---- */

static char *introduce(const struct visit *visit, const char *name) {
    char *shown = text_escape(name, strlen(name));
    cJSON *message = cJSON_CreateObject();
    cJSON_AddStringToObject(message, "type", "child");
    cJSON_AddNumberToObject(message, "pid", getpid());
    cJSON_AddStringToObject(message, "name", shown != NULL ? shown : "");
    cJSON_AddStringToObject(message, "socket", visit->path);
    char *text = cJSON_PrintUnformatted(message);
    cJSON_Delete(message);
    free(shown);
    return text;
}

/* So short a line is taken at once. */
static bool say(const struct visit *visit, const char *name) {
    char *text = introduce(visit, name);
    if (text == NULL)
        return false;
    size_t size = strlen(text);
    text[size] = '\n'; /* in the place of the NUL */
    bool said =
        send(visit->session, text, size + 1, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size + 1;
    free(text);
    return said;
}

/* Beside the socket of the session: in a folder that is our user's alone. */
static bool begin(struct visit *visit, const char *session, const char *name) {
    int pid;
    *visit = (struct visit){.session = local_socket_connect(session), .door = -1};
    int size = snprintf(visit->path, sizeof visit->path, "%s.%d", session, (int)getpid());
    if (visit->session < 0 || peer_check(visit->session, &pid) != 0 || size < 0 ||
        (size_t)size >= sizeof visit->path)
        return false;
    visit->door = local_socket_listen(visit->path, 1, &visit->file);
    return visit->door >= 0 && say(visit, name);
}

static void end(struct visit *visit) {
    local_socket_remove(visit->path, &visit->file);
    close_if(visit->door);
    close_if(visit->session);
}

/* ---- somebody comes ---- */

static bool let_in(const struct visit *visit, struct handed *handed) {
    char problem[CONNECTING_PROBLEM_BYTES];
    int pid, link = local_socket_accept(visit->door);
    if (link >= 0 && peer_check(link, &pid) == 0 && connecting_greeted(link, handed, problem))
        return true;
    close_if(link);
    return false;
}

/* Has the session said that nobody will? */
static bool is_refused(struct visit *visit) {
    char answer[4];
    ssize_t size = recv(visit->session, answer, sizeof answer, MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    close(visit->session);
    visit->session = -1;
    return size <= 0 || answer[0] != 'y';
}

static bool await(struct visit *visit, struct handed *handed) {
    int64_t limit = deadline_in(LINK_JOIN_MS), left;
    while ((left = deadline_left(limit)) > 0) {
        struct pollfd both[] = {{.fd = visit->door, .events = POLLIN},
                                {.fd = visit->session, .events = POLLIN}};
        if (poll(both, 2, (int)left) <= 0)
            continue;
        if (both[0].revents != 0)
            return let_in(visit, handed);
        if (both[1].revents != 0 && is_refused(visit))
            return false;
    }
    return false;
}

bool joining_meet(const char *session, const char *name, struct handed *handed) {
    struct visit visit;
    *handed = handed_nothing;
    bool met = begin(&visit, session, name) && await(&visit, handed);
    end(&visit);
    return met;
}
