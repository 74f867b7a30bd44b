/* SPDX-License-Identifier: MIT */
/* Somebody who has come to the door of a program. The first byte of the input says how many
   descriptors come with what he says, and whether they are memory of the right size; the second
   where that is cut in two. An 'h' in the place of the third is the beginning of a good greeting,
   up to its version. Of all that nothing may stay open. */
#define _GNU_SOURCE
#include "greeting.h"

#include "fuzz.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static const char hello[] = "{\"type\":\"greeting\",\"version\":\"" LUAHEAT_VERSION "\",";

enum { MOST_DESCRIPTORS = 20, MOST_BYTES = 1 << 17 };

static int memory, too_small;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    memory = memfd_create("figures", MFD_CLOEXEC);
    too_small = memfd_create("small", MFD_CLOEXEC);
    assert(memory >= 0 && too_small >= 0);
    int status = ftruncate(memory, sizeof(struct figures));
    assert(status == 0);
    (void)status;
    return 0;
}

static void send_with(int fd, const char *bytes, size_t size, int descriptor, size_t count) {
    union {
        char bytes[CMSG_SPACE(MOST_DESCRIPTORS * sizeof(int))];
        struct cmsghdr aligned;
    } control = {{0}};
    int all[MOST_DESCRIPTORS];
    struct iovec part = {(char *)bytes, size};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    for (size_t i = 0; i < count; i++)
        all[i] = descriptor;
    if (count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), all, count * sizeof(int));
    }
    if (size > 0)
        (void)!sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* The lowest number that is free, and the lowest of those that are out of the way: where they are
   what they were, nothing has stayed open. */
struct free_numbers {
    int low, high;
};

static struct free_numbers free_numbers(void) {
    int low = fcntl(memory, F_DUPFD_CLOEXEC, 0), moved = handed_out_of_the_way(dup(memory));
    close(low);
    close(moved);
    return (struct free_numbers){low, moved};
}

static void be_greeted(int link) {
    struct greeting greeting;
    struct handed handed;
    char problem[GREETING_PROBLEM_BYTES];
    greeting_begin(&greeting, link);
    enum greeting_state state = greeting_read(&greeting);
    assert(greeting.size <= LINK_GREETING_BYTES && greeting.count <= LINK_DESCRIPTORS);
    if (state == GREETING_HEARD && greeting_take(&greeting, &handed, problem))
        handed_finish(&handed);
    greeting_finish(&greeting);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char text[MOST_BYTES];
    if (size < 3 || size > MOST_BYTES - sizeof hello)
        return 0;
    size_t count = data[0] % MOST_DESCRIPTORS, begun = data[2] == 'h' ? sizeof hello - 1 : 0;
    int descriptor = data[0] & 0x80 ? too_small : memory, fds[2];
    memcpy(text, hello, begun);
    memcpy(text + begun, data + 3, size - 3);
    size_t all = begun + size - 3, first = all > data[1] ? data[1] : all;
    size_t early = first > 0 ? count / 2 : 0;
    struct free_numbers before = free_numbers();
    int status = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds);
    assert(status == 0);
    (void)status;
    send_with(fds[1], text, first, descriptor, early);
    send_with(fds[1], text + first, all - first, descriptor, count - early);
    be_greeted(fds[0]);
    close(fds[0]);
    close(fds[1]);
    struct free_numbers after = free_numbers();
    assert(before.low == after.low && before.high == after.high);
    (void)after;
    return 0;
}
