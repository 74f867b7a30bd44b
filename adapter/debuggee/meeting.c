/* SPDX-License-Identifier: MIT */
#include "meeting.h"

#include "link.h"
#include "local_socket.h"
#include "peer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How many runtimes may wait to be met. */
enum { MOST_WAITING = 8 };

/* The descriptor, or it is closed and this is why. */
static int keep_if(int fd, int error) {
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

int meeting_connect(const char *path, int *pid) {
    int fd = local_socket_connect_now(path);
    return fd < 0 ? fd : keep_if(fd, peer_check(fd, pid));
}

/* ---- it comes to us ---- */

struct meeting_place {
    uv_poll_t poll;
    int fd;
    struct local_socket_file file;
    char *folder; /* made for it; NULL: none was */
    char *path;
    meeting_function *on_met;
    void *data;
};

static void remove_files(struct meeting_place *place) {
    if (place->path != NULL)
        local_socket_remove(place->path, &place->file);
    if (place->folder != NULL)
        rmdir(place->folder);
}

static void place_free(struct meeting_place *place) {
    free(place->folder);
    free(place->path);
    free(place);
}

static const char *temporary_folder(void) {
    const char *chosen = getenv("TMPDIR");
    return chosen != NULL && chosen[0] == '/' ? chosen : "/tmp";
}

/* Its name is nobody's to guess, and nobody else can look into it. */
static int choose_path(struct meeting_place *place) {
    if (asprintf(&place->folder, "%s/luaheat-XXXXXX", temporary_folder()) < 0)
        place->folder = NULL;
    if (place->folder == NULL)
        return -ENOMEM;
    if (mkdtemp(place->folder) == NULL) {
        int error = -errno;
        free(place->folder);
        place->folder = NULL;
        return error;
    }
    if (asprintf(&place->path, "%s/link.sock", place->folder) < 0)
        place->path = NULL;
    return place->path != NULL ? 0 : -ENOMEM;
}

static void on_come(uv_poll_t *poll, int status, int events) {
    struct meeting_place *place = poll->data;
    int pid, fd = local_socket_accept(place->fd);
    if (fd < 0) /* it has gone again */
        return;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    if ((fd = keep_if(fd, peer_check(fd, &pid))) >= 0)
        place->on_met(place->data, fd, pid);
}

static int place_open(struct meeting_place *place, uv_loop_t *loop, const char *path) {
    place->path = path != NULL ? strdup(path) : NULL;
    int error = path == NULL ? choose_path(place) : place->path == NULL ? -ENOMEM : 0;
    if (error == 0)
        place->fd = local_socket_listen(place->path, MOST_WAITING, &place->file);
    if (error == 0 && place->fd < 0)
        error = place->fd;
    return error != 0 ? error : uv_poll_init(loop, &place->poll, place->fd);
}

struct meeting_place *meeting_place_create(uv_loop_t *loop, const char *path,
                                           meeting_function *on_met, void *data, int *error) {
    struct meeting_place *place = malloc(sizeof *place);
    *error = UV_ENOMEM;
    if (place == NULL)
        return NULL;
    *place = (struct meeting_place){.fd = -1, .on_met = on_met, .data = data};
    place->poll.data = place;
    *error = place_open(place, loop, path);
    if (*error == 0) {
        uv_poll_start(&place->poll, UV_READABLE, on_come);
        return place;
    }
    *error = uv_translate_sys_error(-*error);
    remove_files(place);
    if (place->fd >= 0)
        close(place->fd);
    place_free(place);
    return NULL;
}

const char *meeting_place_path(const struct meeting_place *place) {
    return place->path;
}

static void released(uv_handle_t *handle) {
    place_free(handle->data);
}

void meeting_place_destroy(struct meeting_place *place) {
    if (place == NULL)
        return;
    remove_files(place);
    uv_poll_stop(&place->poll);
    close(place->fd);
    uv_close((uv_handle_t *)&place->poll, released);
}

/* ---- the greeting ---- */

enum { GREETING_BYTES = 256 };

struct gifts {
    int fds[LINK_DESCRIPTORS];
    int count;
    char names[64]; /* as elements of a JSON array */
};

static void add_gift(struct gifts *gifts, const char *name, int fd) {
    if (fd < 0)
        return;
    size_t used = strlen(gifts->names);
    snprintf(gifts->names + used, sizeof gifts->names - used, "%s\"%s\"", used > 0 ? "," : "",
             name);
    gifts->fds[gifts->count++] = fd;
}

/* A socket that nothing was written to takes all of so short a line at once. */
static int send_with(int fd, char *line, const struct gifts *gifts) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof gifts->fds)];
    } control = {0};
    size_t size = (size_t)gifts->count * sizeof gifts->fds[0];
    struct iovec text = {line, strlen(line)};
    struct msghdr message = {
        .msg_iov = &text,
        .msg_iovlen = 1,
        .msg_control = control.bytes,
        .msg_controllen = CMSG_SPACE(size),
    };
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(header), gifts->fds, size);
    ssize_t sent;
    while ((sent = sendmsg(fd, &message, MSG_NOSIGNAL)) < 0 && errno == EINTR)
        ;
    return sent == (ssize_t)text.iov_len ? 0 : sent < 0 ? -errno : -EPIPE;
}

int meeting_greet(int fd, const struct greeting *greeting, int *life) {
    uv_file ends[2];
    char line[GREETING_BYTES];
    struct gifts gifts = {.count = 0};
    int error = uv_pipe(ends, UV_NONBLOCK_PIPE, 0);
    if (error != 0)
        return error;
    add_gift(&gifts, LINK_BELL, greeting->bell);
    add_gift(&gifts, LINK_LIFE, ends[0]);
    add_gift(&gifts, LINK_FIGURES, greeting->figures);
    const char *stacks = greeting->stacks;
    snprintf(line, sizeof line,
             "{\"type\":\"greeting\",\"version\":\"" LUAHEAT_VERSION
             "\",\"descriptors\":[%s]%s%s%s}\n",
             gifts.names, stacks != NULL ? ",\"sampling\":\"" : "", stacks != NULL ? stacks : "",
             stacks != NULL ? "\"" : "");
    error = send_with(fd, line, &gifts);
    close(ends[0]);
    if (error == 0)
        *life = ends[1];
    else
        close(ends[1]);
    return error;
}
