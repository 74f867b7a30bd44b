/* SPDX-License-Identifier: MIT */
#include "meeting.h"

#include "link.h"
#include "peer.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* How many runtimes may wait to be met. */
enum { BACKLOG = 8 };

/* Two calls, because not every OS makes a socket so in one. */
static int keep_to_ourselves(int fd) {
    if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
        return fd;
    int error = -errno;
    if (fd >= 0)
        close(fd);
    return error;
}

static int open_socket(void) {
    return keep_to_ourselves(socket(AF_UNIX, SOCK_STREAM, 0));
}

/* False: no socket can have such a path. */
static bool address_of(struct sockaddr_un *address, const char *path) {
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t size = strlen(path);
    if (size >= sizeof address->sun_path)
        return false;
    memcpy(address->sun_path, path, size);
    return true;
}

/* The descriptor, or it is closed and this is why. */
static int keep_if(int fd, int error) {
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

int meeting_connect(const char *path, int *pid) {
    struct sockaddr_un address;
    if (!address_of(&address, path))
        return -ENAMETOOLONG;
    int fd = open_socket();
    if (fd < 0)
        return fd;
    int error = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? 0 : -errno;
    return keep_if(fd, error != 0 ? error : peer_check(fd, pid));
}

/* ---- it comes to us ---- */

struct meeting_place {
    uv_poll_t poll;
    int fd;
    bool has_socket;
    char *folder; /* made for it; NULL: none was */
    char *path;
    meeting_function *on_met;
    void *data;
};

static void remove_files(struct meeting_place *place) {
    if (place->has_socket)
        unlink(place->path);
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

/* What is left of one that did not end as it should is in nobody's way. */
static void remove_stale(const char *path) {
    struct stat status;
    int pid, fd = meeting_connect(path, &pid);
    if (fd >= 0)
        close(fd);
    else if (fd == -ECONNREFUSED && lstat(path, &status) == 0 && S_ISSOCK(status.st_mode))
        unlink(path);
}

static int bind_privately(int fd, const struct sockaddr_un *address) {
    mode_t mask = umask(S_IRWXG | S_IRWXO | S_IXUSR);
    int error = bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 ? 0 : -errno;
    umask(mask);
    return error;
}

static int listen_there(struct meeting_place *place) {
    struct sockaddr_un address;
    if (!address_of(&address, place->path))
        return -ENAMETOOLONG;
    place->fd = open_socket();
    if (place->fd < 0)
        return place->fd;
    remove_stale(place->path);
    int error = bind_privately(place->fd, &address);
    place->has_socket = error == 0;
    return error != 0 || listen(place->fd, BACKLOG) == 0 ? error : -errno;
}

static void on_come(uv_poll_t *poll, int status, int events) {
    struct meeting_place *place = poll->data;
    int pid, fd = accept(place->fd, NULL, NULL);
    if (fd < 0) /* it has gone again */
        return;
    fd = keep_to_ourselves(fd);
    if (fd >= 0 && (fd = keep_if(fd, peer_check(fd, &pid))) >= 0)
        place->on_met(place->data, fd, pid);
}

static int place_open(struct meeting_place *place, uv_loop_t *loop, const char *path) {
    place->path = path != NULL ? strdup(path) : NULL;
    int error = path == NULL ? choose_path(place) : place->path == NULL ? -ENOMEM : 0;
    if (error == 0)
        error = listen_there(place);
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
    snprintf(line, sizeof line,
             "{\"type\":\"greeting\",\"version\":\"" LUAHEAT_VERSION "\",\"descriptors\":[%s]}\n",
             gifts.names);
    error = send_with(fd, line, &gifts);
    close(ends[0]);
    if (error == 0)
        *life = ends[1];
    else
        close(ends[1]);
    return error;
}
