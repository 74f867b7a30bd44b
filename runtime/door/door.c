/* SPDX-License-Identifier: MIT */
#include "door.h"

#include "attaching.h"
#include "attention.h"
#include "deadline.h"
#include "heartbeat.h"
#include "inherited.h"
#include "list.h"
#include "local_socket.h"
#include "lookout.h"
#include "peer.h"
#include "refusing.h"
#include "release.h"
#include "visitors.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OCCUPIED "somebody debugs the program already"

/* A thread of the state that is to look, and the hook that it had before. */
struct asked {
    lua_State *L; /* NULL: none */
    lua_Hook hook;
    int mask, count;
};

/* The main thread, that which has opened the door (it is kept), and the one that ran, or was about
   to, when the heartbeat or the lookout found it. Of the last nothing is known but while it runs.
 */
enum { MAIN, OPENER, FOUND, ASKED };

struct door {
    struct doorway doorway;
    struct visitors visitors;
    struct server *server; /* of who is attached; NULL: nobody */
    struct asked asked[ASKED];
    struct lookout lookout;
    int watched;           /* so many descriptors */
    volatile int leaving;  /* of who has been turned away last, and may still say something */
    unsigned heartbeat;    /* the number of the one that is meant */
    pthread_t home;        /* where the door was opened: the signal comes there */
    bool roams;            /* the state has been seen on another OS thread */
    int64_t next_look;     /* the heartbeat's */
    bool busy;             /* somebody looks */
    bool waits;            /* the program does, for somebody to come */
    volatile bool pending; /* somebody may have come */
    struct door *next;     /* of this process */
};

/* ---- all of this process ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct door *doors;

static void before_fork(void) {
    pthread_mutex_lock(&lock);
}

static void after_fork(void) {
    pthread_mutex_unlock(&lock);
}

static void see_off(struct door *door, int fd);

/* The doors are the parent's, and so are those who come to them. */
static void in_child(void) {
    for (struct door *door = doors; door != NULL; door = door->next) {
        visitors_forked(&door->visitors);
        doorway_forked(&door->doorway);
        see_off(door, -1);
    }
    lookout_forked();
    pthread_mutex_unlock(&lock);
}

static void enlist(struct door *door) {
    static bool follows;
    pthread_mutex_lock(&lock);
    if (!follows)
        follows = pthread_atfork(before_fork, after_fork, in_child) == 0;
    LIST_ADD(doors, door);
    pthread_mutex_unlock(&lock);
}

static void delist(const struct door *door) {
    pthread_mutex_lock(&lock);
    struct door **at = &doors;
    LIST_REMOVE(at, door);
    pthread_mutex_unlock(&lock);
}

/* ---- the door of a state ---- */

static const char key; /* of its holder in the registry */

/* NULL: it has none. */
static struct door *door_of(lua_State *L) {
    bool any = lua_rawgetp(L, LUA_REGISTRYINDEX, &key) == LUA_TUSERDATA;
    struct door *door = any ? *(struct door **)lua_touserdata(L, -1) : NULL;
    lua_pop(L, 1);
    return door;
}

static void watch(void *data, int fd, bool on);
static void ask_youngest(void *data, lua_State *L);

static void shut(struct door *door) {
    if (door->doorway.socket >= 0)
        watch(door, door->doorway.socket, false);
    visitors_dismiss(&door->visitors, NULL);
    doorway_close(&door->doorway);
}

/* The state is closed. */
static int finish_door(lua_State *L) {
    struct door **holder = lua_touserdata(L, 1);
    struct door *door = *holder;
    *holder = NULL;
    if (door == NULL)
        return 0;
    shut(door);
    if (door->server != NULL)
        serve_close(door->server, L);
    see_off(door, -1);
    lookout_forget(&door->lookout);
    while (door->watched > 0) /* by whom this process was forked from */
        watch(door, -1, false);
    delist(door);
    free(door);
    return 0;
}

/* NULL: memory is out. */
static struct door *door_new(lua_State *L) {
    struct door *door = calloc(1, sizeof *door);
    if (door == NULL)
        return NULL;
    door->doorway.socket = door->leaving = -1;
    door->visitors = (struct visitors){.watch = watch, .data = door};
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
    door->asked[MAIN].L = lua_tothread(L, -1);
    lua_pop(L, 1);
    door->lookout =
        (struct lookout){.main = door->asked[MAIN].L, .on_youngest = ask_youngest, .data = door};
    lookout_prepare(&door->lookout);
    enlist(door);
    return door;
}

/* That of the state, which is made if there is none yet. Leaves its holder on the stack. */
static struct door *push_door(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &key) == LUA_TUSERDATA)
        return *(struct door **)lua_touserdata(L, -1);
    lua_pop(L, 1);
    struct door **holder = lua_newuserdatauv(L, sizeof *holder, 1);
    *holder = NULL;
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "__gc");
    lua_pushcfunction(L, finish_door);
    lua_rawset(L, -3);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &key);
    return *holder = door_new(L);
}

/* ---- who is asked to look ---- */

static void on_event(lua_State *L, lua_Debug *event);

/* What a host calls on a coroutine that has yielded must have no hook but that of calls: hook.h. */
static int asking_mask(lua_State *L, int mask) {
    return lua_status(L) == LUA_YIELD ? LUA_MASKCALL : mask | LUA_MASKCALL | LUA_MASKCOUNT;
}

static void ask_thread(struct asked *asked) {
    if (asked->L == NULL || lua_gethook(asked->L) == on_event)
        return;
    asked->hook = lua_gethook(asked->L);
    asked->mask = lua_gethookmask(asked->L);
    asked->count = lua_gethookcount(asked->L);
    lua_sethook(asked->L, on_event, asking_mask(asked->L, asked->mask), 1);
}

/* Also in a signal handler. A program that waits for somebody looks itself. */
static void ask(struct door *door) {
    if (door->waits)
        return;
    lookout_begin(&door->lookout);
    ask_thread(&door->asked[MAIN]);
    ask_thread(&door->asked[OPENER]);
}

static void ask_found(struct door *door, lua_State *L) {
    if (lua_gethook(L) == on_event)
        return;
    door->asked[FOUND].L = L;
    ask_thread(&door->asked[FOUND]);
}

static void ask_youngest(void *data, lua_State *L) {
    ask_found(data, L);
}

static void give_back_to(lua_State *L, const struct asked *asked) {
    if (lua_gethook(L) == on_event)
        lua_sethook(L, asked->hook, asked->mask, asked->count);
}

/* All have their hooks again. Returns L's own: that of a coroutine which was made meanwhile is the
   one that its maker had, who is taken for the main thread. */
static struct asked give_back(struct door *door, lua_State *L) {
    struct asked own = door->asked[MAIN];
    lookout_end(&door->lookout);
    for (int i = MAIN; i < ASKED; i++) {
        struct asked *asked = &door->asked[i];
        if (asked->L == L)
            own = *asked;
        else if (asked->L != NULL && i != FOUND)
            give_back_to(asked->L, asked);
    }
    give_back_to(L, &own);
    door->asked[FOUND].L = NULL;
    return own;
}

/* ---- attaching ---- */

static void see_off(struct door *door, int fd) {
    int before = door->leaving;
    door->leaving = fd;
    if (before >= 0)
        close(before);
}

/* A second one is told so at once, even while the program is stopped. In a signal handler. */
static void turn_away(struct door *door) {
    static const char words[] =
        "{\"type\":\"event\",\"event\":\"ready\",\"body\":{\"problem\":\"" OCCUPIED "\"}}\n";
    int fd, pid;
    while ((fd = local_socket_accept(door->doorway.socket)) >= 0) {
        if (peer_check(fd, &pid) == 0)
            send(fd, words, sizeof words - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        shutdown(fd, SHUT_WR);
        see_off(door, fd);
    }
}

static bool is_anybody_waiting(const struct door *door) {
    struct pollfd there = {.fd = door->doorway.socket, .events = POLLIN};
    return door->visitors.count > 0 || poll(&there, 1, 0) > 0;
}

static void on_end(void *data) {
    struct door *door = data;
    door->server = NULL;
    if (is_anybody_waiting(door))
        ask(door);
}

static bool is_open(const void *data) {
    const struct door *door = data;
    return door->doorway.socket >= 0;
}

/* Who comes next finds it stopped. */
static void on_suspended(void *data, lua_State *L) {
    struct door *door = data;
    while (door_wait(L, -1) && door->server != NULL && serve_stop(door->server, L))
        ;
}

/* False: nobody is attached, and `problem` says why; he has been told. */
static bool attach(struct door *door, lua_State *L, struct handed *handed,
                   char problem[DOOR_PROBLEM_BYTES]) {
    const struct server_owner owner = {door, on_end, is_open, on_suspended};
    *problem = '\0';
    lookout_end(&door->lookout);
    door->server = serve_attach(L, handed, problem, &owner);
    if (door->server == NULL) {
        refusing_tell(handed->link, problem);
        handed_finish(handed);
    }
    return door->server != NULL;
}

/* Has the other side gone? */
static bool is_left(int link) {
    struct pollfd there = {.fd = link};
    return poll(&there, 1, 0) > 0 && there.revents & (POLLHUP | POLLERR);
}

/* Who was attached has gone, and the program has not noticed yet. */
static bool is_deserted(const struct door *door) {
    return is_left(door->server->channel.fd);
}

/* The next who is let in, and is still there. */
static bool greet(struct door *door, struct handed *handed) {
    while (visitors_look(&door->visitors, door->doorway.socket, handed)) {
        if (!is_left(handed->link))
            return true;
        handed_finish(handed);
    }
    return false;
}

/* Whether somebody has been attached. */
static bool look(struct door *door, lua_State *L) {
    char problem[DOOR_PROBLEM_BYTES];
    struct handed handed;
    bool greeted, attached = false;
    if (door->server != NULL || door->busy || door->doorway.socket < 0)
        return false;
    door->busy = true;
    do {
        door->pending = false;
        greeted = greet(door, &handed);
    } while (!greeted && door->pending);
    if (greeted) {
        visitors_dismiss(&door->visitors, OCCUPIED);
        attached = attach(door, L, &handed, problem);
    }
    door->busy = false;
    if (attached && !is_deserted(door))
        turn_away(door);
    else if (!attached && door->pending)
        ask(door);
    return attached;
}

/* In the place of the thread's own hook, which misses nothing but a count. */
static void on_event(lua_State *L, lua_Debug *event) {
    static const int masks[] = {[LUA_HOOKCALL] = LUA_MASKCALL,
                                [LUA_HOOKTAILCALL] = LUA_MASKCALL,
                                [LUA_HOOKRET] = LUA_MASKRET,
                                [LUA_HOOKLINE] = LUA_MASKLINE,
                                [LUA_HOOKCOUNT] = 0};
    int mask = masks[event->event];
    struct door *door = door_of(L);
    if (door == NULL) {
        lua_sethook(L, NULL, 0, 0);
        return;
    }
    if (lua_status(L) == LUA_YIELD) {
        lua_sethook(L, on_event, LUA_MASKCALL, 0);
        return;
    }
    struct asked own = give_back(door, L);
    look(door, L);
    if (own.hook != NULL && (own.mask & mask))
        own.hook(L, event);
}

/* ---- the signal ---- */

/* On the OS thread that has opened the door. */
static void on_signal(void *data) {
    struct door *door = data;
    int error = errno;
    door->pending = true;
    if (door->server != NULL && !is_deserted(door))
        turn_away(door);
    else if (door->server == NULL && !door->busy && !door->roams && is_anybody_waiting(door))
        ask(door);
    errno = error;
}

static void watch(void *data, int fd, bool on) {
    struct door *door = data;
    if (on && attention_listen(fd, on_signal, door) == 0) {
        door->watched++;
    } else if (!on && door->watched > 0) {
        attention_unlisten(fd, door);
        door->watched--;
    }
}

/* ---- the heartbeat ---- */

static bool is_anybody_there(struct door *door) {
    enum { LOOK_MS = 100 };
    if (!door->pending && deadline_left(door->next_look) > 0)
        return false;
    door->pending = false;
    door->next_look = deadline_in(LOOK_MS);
    return is_anybody_waiting(door);
}

static enum heartbeat beat(lua_State *L, unsigned number) {
    struct door *door = door_of(L);
    if (door == NULL || door->doorway.socket < 0 || door->heartbeat != number)
        return HEARTBEAT_STOPS;
    door->roams = door->roams || !pthread_equal(door->home, pthread_self());
    if (door->server != NULL)
        return HEARTBEAT_RESTS;
    if (!door->busy && is_anybody_there(door)) {
        ask(door);
        ask_found(door, L);
    }
    return HEARTBEAT_GOES_ON;
}

/* ---- what the module does ---- */

/* The thread is kept as long as it may be asked to look. Takes the door's holder off the stack. */
static void keep_opener(struct door *door, lua_State *L) {
    lua_State *opener = L != door->asked[MAIN].L ? L : NULL;
    if (opener != NULL)
        lua_pushthread(L);
    else
        lua_pushnil(L);
    lua_setiuservalue(L, -2, 1);
    lua_pop(L, 1);
    door->asked[OPENER].L = opener;
}

const char *door_listen(lua_State *L, const char *path, const char *name,
                        char problem[DOOR_PROBLEM_BYTES]) {
    const struct doorway_words words = {name, release_loaded()->name};
    struct door *door = push_door(L);
    if (door == NULL || door->doorway.socket >= 0) {
        snprintf(problem, DOOR_PROBLEM_BYTES, "not enough memory");
        lua_pop(L, 1);
        return door != NULL ? door->doorway.path : NULL;
    }
    heartbeat_start(L, beat, ++door->heartbeat);
    keep_opener(door, L);
    if (!doorway_open(&door->doorway, path, &words, problem))
        return NULL;
    door->home = pthread_self();
    door->roams = false;
    watch(door, door->doorway.socket, true);
    return door->doorway.path;
}

/* NULL: there can be none now, and `problem` says why. */
static struct door *free_door(lua_State *L, char problem[DOOR_PROBLEM_BYTES]) {
    struct door *door = push_door(L);
    lua_pop(L, 1);
    if (door != NULL && door->server == NULL)
        return door;
    snprintf(problem, DOOR_PROBLEM_BYTES, door != NULL ? OCCUPIED : "not enough memory");
    return NULL;
}

bool door_connect(lua_State *L, const char *path, char problem[DOOR_PROBLEM_BYTES]) {
    struct handed handed;
    struct door *door = free_door(L, problem);
    return door != NULL && connecting_meet(path, &handed, problem) &&
           attach(door, L, &handed, problem);
}

bool door_join(lua_State *L, char problem[DOOR_PROBLEM_BYTES]) {
    struct handed handed;
    if (!inherited_take(&handed, problem))
        return false;
    if (handed.link < 0 && handed.figures == NULL)
        return true;
    struct door *door = free_door(L, problem);
    if (door == NULL) {
        handed_finish(&handed);
        return false;
    }
    bool talks = handed.link >= 0;
    if (!attach(door, L, &handed, problem))
        return false;
    if (talks)
        serve_wait(door->server, -1);
    return true;
}

/* Whether there is time left. */
static bool await_somebody(const struct door *door, int64_t milliseconds) {
    struct pollfd there[1 + VISITORS_MOST] = {{.fd = door->doorway.socket, .events = POLLIN}};
    nfds_t count = 1;
    for (size_t i = 0; i < door->visitors.count; i++)
        there[count++] =
            (struct pollfd){.fd = door->visitors.list[i].greeting.socket, .events = POLLIN};
    int most = milliseconds < 0 ? -1 : milliseconds < INT_MAX ? (int)milliseconds : INT_MAX;
    return poll(there, count, most) != 0;
}

static bool wait_at(struct door *door, lua_State *L, int64_t milliseconds) {
    int64_t end = deadline_in(milliseconds), left = milliseconds;
    give_back(door, L);
    for (;;) {
        if (door->server != NULL && serve_wait(door->server, left))
            return true;
        left = milliseconds < 0 ? -1 : deadline_left(end);
        if (door->server != NULL || door->doorway.socket < 0 || (milliseconds >= 0 && left <= 0))
            return false;
        if (!look(door, L)) {
            doorway_suspends(&door->doorway, true);
            await_somebody(door, left);
        }
    }
}

bool door_wait(lua_State *L, int64_t milliseconds) {
    struct door *door = door_of(L);
    if (door == NULL)
        return false;
    door->waits = true;
    bool came = wait_at(door, L, milliseconds);
    door->waits = false;
    doorway_suspends(&door->doorway, false);
    if (door->server == NULL && is_anybody_waiting(door))
        ask(door);
    return came;
}

void door_stop(lua_State *L) {
    struct door *door = door_of(L);
    if (door == NULL)
        return;
    shut(door);
    if (door->server != NULL)
        serve_detach(door->server, L);
}
