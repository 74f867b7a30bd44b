/* SPDX-License-Identifier: MIT */
#include "connecting.h"

#include "deadline.h"
#include "greeting.h"
#include "local_socket.h"
#include "peer.h"
#include "refusing.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum greeting_state await(struct greeting *greeting) {
    int64_t end = deadline_in(LINK_GREETING_MS);
    enum greeting_state state;
    while ((state = greeting_read(greeting)) == GREETING_AWAITED) {
        struct pollfd adapter = {.fd = greeting->socket, .events = POLLIN};
        int64_t left = deadline_left(end);
        if (left <= 0 || poll(&adapter, 1, (int)left) == 0)
            return GREETING_AWAITED;
    }
    return state;
}

bool connecting_greeted(int link, struct handed *handed, char problem[CONNECTING_PROBLEM_BYTES]) {
    struct greeting greeting;
    *handed = handed_nothing;
    *problem = '\0';
    greeting_begin(&greeting, link);
    bool heard = await(&greeting) == GREETING_HEARD;
    bool taken = heard && greeting_take(&greeting, handed, problem);
    if (!taken && *problem != '\0')
        refusing_tell(link, problem);
    else if (!taken)
        snprintf(problem, CONNECTING_PROBLEM_BYTES, "whoever listens there is no luaheat");
    greeting_finish(&greeting);
    if (taken)
        handed->link = handed_out_of_the_way(link);
    return taken;
}

bool connecting_meet(const char *path, struct handed *handed,
                     char problem[CONNECTING_PROBLEM_BYTES]) {
    int pid, link = local_socket_connect(path);
    int error = link < 0 ? link : peer_check(link, &pid);
    *handed = handed_nothing;
    *problem = '\0';
    if (error == 0 && connecting_greeted(link, handed, problem))
        return true;
    if (link >= 0)
        close(link);
    if (error != 0)
        snprintf(problem, CONNECTING_PROBLEM_BYTES, "%s", strerror(-error));
    return false;
}
