/* SPDX-License-Identifier: MIT */
/* waiting: calls that a signal cuts short, even one whose handler asks for calls to be restarted.
   Each takes milliseconds and returns 0, or the errno it failed with; none allocates Lua memory. */
#include <errno.h>
#include <lauxlib.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int ends[2], epoll;
static sem_t semaphore;

static struct timespec after(clockid_t clock, lua_Integer ms) {
    struct timespec time = {0};
    if (clock >= 0)
        clock_gettime(clock, &time);
    time.tv_sec += ms / 1000;
    time.tv_nsec += ms % 1000 * 1000000;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

/* `expected`: how the call fails if its time is over. */
static int tell(lua_State *L, int result, int expected) {
    int error = result < 0 && errno != expected ? errno : 0;
    lua_pushinteger(L, error);
    return 1;
}

static int wait_poll(lua_State *L) {
    struct pollfd one = {.fd = ends[0], .events = POLLIN};
    return tell(L, poll(&one, 1, (int)luaL_checkinteger(L, 1)), 0);
}

static int wait_nanosleep(lua_State *L) {
    struct timespec time = after(-1, luaL_checkinteger(L, 1));
    return tell(L, nanosleep(&time, NULL), 0);
}

static int wait_epoll(lua_State *L) {
    struct epoll_event event;
    return tell(L, epoll_wait(epoll, &event, 1, (int)luaL_checkinteger(L, 1)), 0);
}

static int wait_select(lua_State *L) {
    lua_Integer ms = luaL_checkinteger(L, 1);
    struct timeval time = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    return tell(L, select(0, NULL, NULL, NULL, &time), 0);
}

static int wait_recv(lua_State *L) {
    lua_Integer ms = luaL_checkinteger(L, 1);
    struct timeval time = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    char byte;
    setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    return tell(L, (int)recv(ends[0], &byte, 1, 0), EAGAIN);
}

static int wait_semaphore(lua_State *L) {
    struct timespec time = after(CLOCK_REALTIME, luaL_checkinteger(L, 1));
    return tell(L, sem_timedwait(&semaphore, &time), ETIMEDOUT);
}

static int wait_signal(lua_State *L) {
    struct timespec time = after(-1, luaL_checkinteger(L, 1));
    sigset_t none;
    sigemptyset(&none);
    return tell(L, sigtimedwait(&none, NULL, &time), EAGAIN);
}

/* The signals that are held back: a child would inherit them. */
static int held_back(lua_State *L) {
    sigset_t mask;
    int count = 0;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    for (int number = 1; number < NSIG; number++)
        count += sigismember(&mask, number) == 1;
    lua_pushinteger(L, count);
    return 1;
}

int luaopen_waiting(lua_State *L);

int luaopen_waiting(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"poll", wait_poll},
        {"nanosleep", wait_nanosleep},
        {"epoll_wait", wait_epoll},
        {"select", wait_select},
        {"recv", wait_recv},
        {"sem_timedwait", wait_semaphore},
        {"sigtimedwait", wait_signal},
        {"held_back", held_back},
        {NULL, NULL},
    };
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || (epoll = epoll_create1(0)) < 0 ||
        sem_init(&semaphore, 0, 0) != 0)
        return luaL_error(L, "cannot prepare what to wait for");
    luaL_newlib(L, functions);
    return 1;
}
