/* SPDX-License-Identifier: MIT */
#include "channel.h"

#include "deadline.h"
#include "link.h"
#include "message_text.h"
#include "string_builder.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 16 };

static const char too_large[] =
    "the answer is larger than 64 MiB, or than memory is left: ask for a "
    "part of it (start and count, startFrame and levels)";

void channel_init(struct channel *channel, int fd) {
    struct stat status;
    *channel = (struct channel){.fd = fd, .closed = fd < 0};
    if (fd < 0 || fstat(fd, &status) != 0)
        return;
    channel->device = status.st_dev;
    channel->inode = status.st_ino;
}

/* Can it be used? */
static bool is_open(struct channel *channel) {
    struct stat status;
    if (channel->closed)
        return false;
    if (fstat(channel->fd, &status) != 0 || status.st_dev != channel->device ||
        status.st_ino != channel->inode)
        channel->closed = channel->lost = true;
    return !channel->closed;
}

void channel_finish(struct channel *channel) {
    if (channel->fd >= 0 && !channel->lost)
        close(channel->fd);
    free(channel->buffer);
    channel_init(channel, -1);
}

void channel_forked(struct channel *channel) {
    if (channel->fd >= 0)
        close(channel->fd);
    channel->fd = -1;
    channel->closed = true;
}

/* Until that can be, whatever signals come meanwhile; false: not in its time. */
static bool await(const struct channel *channel, short event) {
    struct pollfd link = {.fd = channel->fd, .events = event};
    int64_t end = deadline_in(channel->patience_ms), left = channel->patience_ms;
    int ready;
    while ((ready = poll(&link, 1, left > 0 ? (int)left : 0)) < 0 && errno == EINTR)
        left = deadline_left(end);
    return ready > 0;
}

void channel_expect(struct channel *channel) {
    if (channel->patience_ms > 0 && is_open(channel) && !await(channel, POLLIN))
        channel->closed = true;
}

/* How much of it, which may be nothing yet; below 0: the other side is gone. */
static ssize_t send_some(const struct channel *channel, const char *bytes, size_t size) {
    bool is_patient = channel->patience_ms == 0;
    ssize_t sent = send(channel->fd, bytes, size, MSG_NOSIGNAL | (is_patient ? 0 : MSG_DONTWAIT));
    if (sent >= 0)
        return sent;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return await(channel, POLLOUT) ? 0 : -1;
    return errno == EINTR ? 0 : -1;
}

static void send_all(struct channel *channel, const char *bytes, size_t size) {
    while (size > 0 && is_open(channel)) {
        ssize_t sent = send_some(channel, bytes, size);
        if (sent < 0) {
            channel->closed = true;
            return;
        }
        bytes += sent;
        size -= (size_t)sent;
    }
}

/* As a line's text; NULL: it is longer than a line may be, or memory is out. */
static char *print(cJSON *message) {
    char *text = message_text(message);
    if (text == NULL || strlen(text) <= LINK_MESSAGE_BYTES)
        return text;
    cJSON_free(text);
    return NULL;
}

/* What can be sent in the place of one that cannot: somebody waits for the answer. */
static void make_small(cJSON *message) {
    cJSON_DeleteItemFromObjectCaseSensitive(message, "body");
    if (cJSON_GetObjectItemCaseSensitive(message, "request_seq") == NULL)
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(message, "success");
    cJSON_DeleteItemFromObjectCaseSensitive(message, "message");
    cJSON_AddFalseToObject(message, "success");
    cJSON_AddStringToObject(message, "message", too_large);
}

void channel_send(struct channel *channel, cJSON *message) {
    char *text = print(message);
    if (text == NULL) {
        make_small(message);
        text = print(message);
    }
    cJSON_Delete(message);
    if (text == NULL)
        return;
    size_t size = strlen(text);
    text[size] = '\n'; /* in the place of the NUL: one write, one line */
    send_all(channel, text, size + 1);
    cJSON_free(text);
}

static bool make_room(struct channel *channel) {
    if (channel->room - channel->size >= READ_BYTES)
        return true;
    size_t room = channel->room * 2 + READ_BYTES;
    char *buffer = room <= (size_t)LINK_MESSAGE_BYTES * 2 ? realloc(channel->buffer, room) : NULL;
    if (buffer == NULL)
        return false;
    channel->buffer = buffer;
    channel->room = room;
    return true;
}

/* Whether anything came. */
static bool fill(struct channel *channel, bool wait) {
    if (!is_open(channel) || !make_room(channel))
        return false;
    ssize_t got;
    do
        got =
            recv(channel->fd, channel->buffer + channel->size, READ_BYTES, wait ? 0 : MSG_DONTWAIT);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        channel->size += (size_t)got;
        return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
        channel->closed = true;
    return false;
}

/* Takes one line out of the buffer, as JSON. *line tells whether there was one. */
static cJSON *take_line(struct channel *channel, bool *line) {
    char *end = channel->size > channel->searched ? memchr(channel->buffer + channel->searched,
                                                           '\n', channel->size - channel->searched)
                                                  : NULL;
    *line = end != NULL;
    if (end == NULL) {
        channel->searched = channel->size;
        return NULL;
    }
    size_t length = (size_t)(end - channel->buffer);
    cJSON *message = cJSON_ParseWithLength(channel->buffer, length);
    channel->size -= length + 1;
    channel->searched = 0;
    memmove(channel->buffer, end + 1, channel->size);
    return message;
}

cJSON *channel_receive(struct channel *channel, bool wait) {
    for (;;) {
        bool line;
        cJSON *message = take_line(channel, &line);
        if (cJSON_IsObject(message))
            return message;
        cJSON_Delete(message);
        if (!line && !fill(channel, wait))
            return NULL;
    }
}

void channel_add_text(cJSON *object, const char *name, const char *text) {
    struct string_builder builder = {0};
    string_builder_excerpt(&builder, text, strlen(text), STRING_BUILDER_MESSAGE_BYTES);
    cJSON_AddStringToObject(object, name, string_builder_text(&builder));
    string_builder_finish(&builder);
}
