/* SPDX-License-Identifier: MIT */
#include "channel.h"

#include "link.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES = 1 << 16 };

void channel_init(struct channel *channel, int fd) {
    *channel = (struct channel){.fd = fd, .closed = fd < 0};
}

void channel_finish(struct channel *channel) {
    if (channel->fd >= 0)
        close(channel->fd);
    free(channel->buffer);
    channel_init(channel, -1);
}

static void send_all(struct channel *channel, const char *bytes, size_t size) {
    while (size > 0 && !channel->closed) {
        ssize_t sent = send(channel->fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            channel->closed = true;
        if (sent > 0) {
            bytes += sent;
            size -= (size_t)sent;
        }
    }
}

void channel_send(struct channel *channel, cJSON *message) {
    char *text = cJSON_PrintUnformatted(message);
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
    if (channel->closed || !make_room(channel))
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
    char *escaped = text_escape(text, strlen(text));
    if (escaped != NULL)
        cJSON_AddStringToObject(object, name, escaped);
    free(escaped);
}
