/* SPDX-License-Identifier: MIT */
#include "visitors.h"

#include "deadline.h"
#include "local_socket.h"
#include "peer.h"
#include "refusing.h"

#include <string.h>
#include <unistd.h>

/* Its socket stays. */
static void forget(struct visitors *visitors, size_t place) {
    visitors->watch(visitors->data, visitors->list[place].greeting.socket, false);
    greeting_finish(&visitors->list[place].greeting);
    visitors->count--;
    memmove(visitors->list + place, visitors->list + place + 1,
            (visitors->count - place) * sizeof *visitors->list);
}

static void turn_away(struct visitors *visitors, size_t place, const char *why) {
    int fd = visitors->list[place].greeting.socket;
    if (why != NULL)
        refusing_tell(fd, why);
    forget(visitors, place);
    close(fd);
}

static void let_in(struct visitors *visitors, int fd) {
    int pid;
    if (peer_check(fd, &pid) != 0) {
        close(fd);
        return;
    }
    if (visitors->count == VISITORS_MOST)
        turn_away(visitors, 0, NULL);
    struct visitor *visitor = &visitors->list[visitors->count++];
    greeting_begin(&visitor->greeting, fd);
    visitor->deadline = deadline_in(LINK_GREETING_MS);
    visitors->watch(visitors->data, fd, true);
}

/* True: it hands over, and is forgotten. Else it may have more to say later, or is gone. */
static bool hear(struct visitors *visitors, size_t place, struct handed *handed) {
    char problem[GREETING_PROBLEM_BYTES] = "";
    struct greeting *greeting = &visitors->list[place].greeting;
    int fd = greeting->socket;
    enum greeting_state state = greeting_read(greeting);
    if (state == GREETING_HEARD && greeting_take(greeting, handed, problem)) {
        forget(visitors, place);
        handed->link = handed_out_of_the_way(fd);
        return true;
    }
    if (state != GREETING_AWAITED || deadline_left(visitors->list[place].deadline) <= 0)
        turn_away(visitors, place, *problem != '\0' ? problem : NULL);
    return false;
}

bool visitors_look(struct visitors *visitors, int listening, struct handed *handed) {
    int fd;
    while ((fd = local_socket_accept(listening)) >= 0)
        let_in(visitors, fd);
    for (size_t i = 0, before = visitors->count; i < visitors->count; before = visitors->count) {
        if (hear(visitors, i, handed))
            return true;
        i += visitors->count == before;
    }
    return false;
}

void visitors_dismiss(struct visitors *visitors, const char *why) {
    while (visitors->count > 0)
        turn_away(visitors, 0, why);
}

void visitors_forked(struct visitors *visitors) {
    for (size_t i = 0; i < visitors->count; i++) {
        close(visitors->list[i].greeting.socket);
        greeting_finish(&visitors->list[i].greeting);
    }
    visitors->count = 0;
}
