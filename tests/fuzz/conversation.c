/* SPDX-License-Identifier: MIT */
/* The runtime's end of the link: whatever comes over it, before the program starts, while it runs
   and while it is stopped. The end of the link ends the process, which here is a jump. */
#define _GNU_SOURCE
#include "bell.h"
#include "debugger.h"
#include "events.h"
#include "execution.h"
#include "fuzz.h"
#include "program.h"
#include "serve.h"

#include <assert.h>
#include <lauxlib.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static jmp_buf end;

/* The linker puts it in the place of _exit. */
void __wrap__exit(int code);
void __wrap__exit(int code) {
    longjmp(end, 1);
}

/* ---- the adapter's end: it says what the input is, and then a word of its own; when that is
   answered, or nothing is any more, it is gone ---- */

static const char farewell[] = "\n{\"seq\":777777,\"command\":\"farewell\"}\n";
static const char farewell_answered[] = "\"request_seq\":777777";

struct peer {
    int fd;
    struct bell bell; /* rung for all that is said */
    const uint8_t *data;
    size_t size;
    pthread_t writer, reader;
};

static void say(struct peer *peer, const void *bytes, size_t size) {
    ssize_t sent;
    for (size_t at = 0; at < size; at += (size_t)sent) {
        if ((sent = send(peer->fd, (const char *)bytes + at, size - at, MSG_NOSIGNAL)) <= 0)
            return;
        bell_ring(&peer->bell);
    }
}

static void *say_all(void *of) {
    struct peer *peer = of;
    say(peer, peer->data, peer->size);
    say(peer, farewell, strlen(farewell));
    return NULL;
}

static void *listen_to_all(void *of) {
    struct peer *peer = of;
    char bytes[1 << 16];
    ssize_t count;
    struct pollfd ready = {.fd = peer->fd, .events = POLLIN};
    while (poll(&ready, 1, 50) > 0 && (count = recv(peer->fd, bytes, sizeof bytes, 0)) > 0)
        if (memmem(bytes, (size_t)count, farewell_answered, strlen(farewell_answered)) != NULL)
            break;
    shutdown(peer->fd, SHUT_RDWR);
    return NULL;
}

/* Our end. */
static int peer_start(struct peer *peer, const uint8_t *data, size_t size) {
    int fds[2];
    int status = socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
    assert(status == 0);
    *peer = (struct peer){.fd = fds[1], .data = data, .size = size};
    sigset_t all, before; /* the program's signals are its own thread's */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    status = pthread_create(&peer->writer, NULL, say_all, peer);
    assert(status == 0);
    status = pthread_create(&peer->reader, NULL, listen_to_all, peer);
    assert(status == 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)status;
    return fds[0];
}

static void peer_finish(struct peer *peer) {
    pthread_join(peer->writer, NULL);
    pthread_join(peer->reader, NULL);
    close(peer->fd);
}

/* ---- the program ---- */

static int stop_here(lua_State *L) {
    return 0;
}

static void run(struct server *server) {
    execution_await_configuration(server, NULL);
    lua_State *L = account_new_state(&server->debugger->account);
    assert(L != NULL);
    program_open_libraries(L);
    events_attach(server->debugger, L);
    lua_register(L, "stop", stop_here);
    program_load(L);
    server->debugger->account.outside = FIGURES_C;
    execution_begin_script(server);
    lua_pcall(L, 0, 0, 0);
    account_freeze(&server->debugger->account, L);
    lua_close(L);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct peer peer;
    struct figures *figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert(figures != MAP_FAILED);
    int link = peer_start(&peer, data, size);
    struct server *volatile server = serve_create(link, &peer.bell, figures, NULL);
    assert(server != NULL);
    if (setjmp(end) == 0)
        run(server);
    serve_destroy(server);
    peer_finish(&peer);
    munmap(figures, sizeof *figures);
    return 0;
}
