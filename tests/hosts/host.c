/* SPDX-License-Identifier: MIT */
/*
 * host: a program of somebody else's that has Lua in it, for tests of what is attached to it.
 *
 *   host [OPTIONS] SCRIPT...
 *
 * Each script runs in a state of its own, on an OS thread of its own that waits in poll() for
 * commands; the first is the process's first thread. States have an allocator that knows the size
 * of each block and ends the process if it is told another.
 *
 *   --module PATH   luaheat.so: `luaheat` becomes a global, without package
 *   --without LIST  of libraries, by comma: debug,package,coroutine,...
 *   --strict        a global that is not there is an error, read or written
 *   --extra         the extra space of each state holds a word of the host's, which must stay
 *   --yields COUNT  a count hook that yields, set anew at every resume
 *   --shared        one state for all OS threads (of which there are two), under a lock; the second
 *                   script is not there
 *
 * Scripts have a function of the host's, nap(): a millisecond in which nothing is done.
 *
 * Commands come on standard input, a line each: the number of the OS thread, a word, arguments.
 * Each is answered by a line that begins with that number, and is done when that comes:
 *
 *   N call FUNCTION ARGUMENT...    in the main thread: "ok RESULT" or "error MESSAGE"
 *   N run FUNCTION ARGUMENT...     in a new coroutine, resumed from C until it ends: as `call`
 *   N start FUNCTION ARGUMENT...   in a new coroutine, which is kept: "yields RESULT" or as `call`
 *   N resume                       that goes on: as `start`
 *   N poke FUNCTION ARGUMENT...    called on that one, which has yielded: as `call`
 *   N count                        "BYTES" of Lua's own count, then of the allocator
 *   N held                         the bytes malloc has given out, after a whole collection
 *   N state                        whose allocator and hooks (main thread, kept coroutine)
 *   N close                        lua_close
 *   N fork FUNCTION ARGUMENT...    in a child: answers as `call`, from there; the child ends
 *   0 exit | 0 abort               the process: exit(), _exit()
 */
#include <dlfcn.h>
#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 4, LINE = 4096 };

static struct options {
    const char *module, *without, *scripts[MOST];
    bool strict, extra, shared;
    int yields, count;
} options;

struct state {
    lua_State *L, *kept;
    size_t bytes;
};

struct runner {
    int number;
    struct state *state;
    int commands[2]; /* a pipe */
    const char *script;
};

static struct state states[MOST];
static struct runner runners[MOST];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of a shared state */

static void die(const char *why) {
    fprintf(stderr, "host: %s\n", why);
    _exit(77);
}

/* ---- the allocator ---- */

union header {
    size_t size;
    max_align_t aligned;
};

static void *allocate(void *data, void *block, size_t old_size, size_t new_size) {
    struct state *state = data;
    union header *old = block != NULL ? (union header *)block - 1 : NULL;
    if (old != NULL && old->size != old_size)
        die("a block is not of the size that it is said to be of");
    size_t was = old != NULL ? old_size : 0;
    if (new_size == 0) {
        state->bytes -= was;
        free(old);
        return NULL;
    }
    union header *new = realloc(old, sizeof *new + new_size);
    if (new == NULL)
        return NULL;
    new->size = new_size;
    state->bytes += new_size - was;
    return new + 1;
}

/* ---- the state ---- */

static bool is_without(const char *name) {
    size_t size = strlen(name);
    for (const char *at = options.without; at != NULL && *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (length == size && strncmp(at, name, size) == 0)
            return true;
        at += length + (at[length] == ',');
    }
    return false;
}

static const luaL_Reg libraries[] = {
    {LUA_GNAME, luaopen_base},
    {LUA_LOADLIBNAME, luaopen_package},
    {LUA_COLIBNAME, luaopen_coroutine},
    {LUA_TABLIBNAME, luaopen_table},
    {LUA_IOLIBNAME, luaopen_io},
    {LUA_OSLIBNAME, luaopen_os},
    {LUA_STRLIBNAME, luaopen_string},
    {LUA_MATHLIBNAME, luaopen_math},
    {LUA_UTF8LIBNAME, luaopen_utf8},
    {LUA_DBLIBNAME, luaopen_debug},
    {NULL, NULL},
};

static int refuse_global(lua_State *L) {
    return luaL_error(L, "there is no global %s", lua_tostring(L, 2));
}

static void be_strict(lua_State *L) {
    lua_pushglobaltable(L);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, refuse_global);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_global);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static void load_module(lua_State *L) {
    void *library = dlopen(options.module, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library != NULL ? dlsym(library, "luaopen_luaheat") : NULL;
    lua_CFunction open;
    if (symbol == NULL)
        die(dlerror());
    memcpy(&open, &symbol, sizeof open);
    luaL_requiref(L, "luaheat", open, 1);
    lua_pop(L, 1);
}

static int nap(lua_State *L) {
    const struct timespec millisecond = {.tv_nsec = 1000000};
    (void)L;
    nanosleep(&millisecond, NULL);
    return 0;
}

static const uintptr_t word = (uintptr_t)0x5eed5eed;

static void make_state(struct state *state, const char *script) {
    lua_State *L = state->L = lua_newstate(allocate, state);
    if (L == NULL)
        die("no memory");
    if (options.extra)
        memcpy(lua_getextraspace(L), &word, sizeof word);
    for (const luaL_Reg *library = libraries; library->name != NULL; library++)
        if (!is_without(library->name)) {
            luaL_requiref(L, library->name, library->func, 1);
            lua_pop(L, 1);
        }
    lua_register(L, "nap", nap);
    if (options.module != NULL)
        load_module(L);
    if (luaL_dofile(L, script) != LUA_OK)
        die(lua_tostring(L, -1));
    lua_settop(L, 0);
    if (options.strict)
        be_strict(L);
}

/* ---- commands ---- */

static void answer(int number, const char *text) {
    char line[LINE];
    int size = snprintf(line, sizeof line, "%d %.*s\n", number, LINE - 16, text);
    if (write(STDOUT_FILENO, line, (size_t)size) != size)
        _exit(1);
}

static void answer_with(int number, const char *word_of, lua_State *L) {
    char text[LINE];
    const char *result = lua_gettop(L) > 0 ? luaL_tolstring(L, -1, NULL) : "";
    snprintf(text, sizeof text, "%s %s", word_of, result);
    answer(number, text);
}

static void yield_now(lua_State *L, lua_Debug *event) {
    (void)event;
    if (lua_isyieldable(L))
        lua_yield(L, 0);
}

static _Thread_local bool yields_itself; /* the hook has, and not the script */

static void count_hook(lua_State *L, lua_Debug *event) {
    yields_itself = true;
    yield_now(L, event);
}

static int push_call(lua_State *L, char *rest) {
    char *name = strtok_r(NULL, " ", &rest);
    int count = 0;
    lua_getglobal(L, name);
    for (char *word_of; (word_of = strtok_r(NULL, " ", &rest)) != NULL; count++)
        lua_pushstring(L, word_of);
    return count;
}

static int add_traceback(lua_State *L) {
    luaL_tolstring(L, 1, NULL);
    return 1;
}

static void call(struct runner *runner, char *rest) {
    lua_State *L = runner->state->L;
    lua_settop(L, 0);
    lua_pushcfunction(L, add_traceback);
    int count = push_call(L, rest);
    int status = lua_pcall(L, count, 1, 1);
    answer_with(runner->number, status == LUA_OK ? "ok" : "error", L);
    lua_settop(L, 0);
}

/* Until the script itself yields, or it is over. The stack holds what it has yielded or returned.
 */
static int resume(lua_State *co, lua_State *from, int arguments) {
    int status, results;
    do {
        yields_itself = false;
        if (options.yields > 0)
            lua_sethook(co, count_hook, LUA_MASKCOUNT, options.yields);
        status = lua_resume(co, from, arguments, &results);
        arguments = 0;
    } while (status == LUA_YIELD && yields_itself);
    return status;
}

static void go_on(struct runner *runner, int arguments) {
    struct state *state = runner->state;
    int status = resume(state->kept, state->L, arguments);
    answer_with(runner->number,
                status == LUA_OK      ? "ok"
                : status == LUA_YIELD ? "yields"
                                      : "error",
                state->kept);
    if (status == LUA_YIELD)
        lua_settop(state->kept, 0);
    else
        state->kept = NULL;
}

static void start(struct runner *runner, char *rest) {
    struct state *state = runner->state;
    lua_settop(state->L, 0);
    state->kept = lua_newthread(state->L);
    lua_rawsetp(state->L, LUA_REGISTRYINDEX, &states);
    go_on(runner, push_call(state->kept, rest));
}

static void poke(struct runner *runner, char *rest) {
    lua_State *co = runner->state->kept;
    int top = lua_gettop(co), count = push_call(co, rest);
    int status = lua_pcall(co, count, 1, 0);
    answer_with(runner->number, status == LUA_OK ? "ok" : "error", co);
    lua_settop(co, top);
}

static void run(struct runner *runner, char *rest) {
    lua_State *L = runner->state->L, *co;
    lua_settop(L, 0);
    co = lua_newthread(L);
    int status, arguments = push_call(co, rest);
    while ((status = resume(co, L, arguments)) == LUA_YIELD) {
        lua_settop(co, 0);
        arguments = 0;
    }
    answer_with(runner->number, status == LUA_OK ? "ok" : "error", co);
    lua_settop(L, 0);
}

static void count(struct runner *runner, char *rest) {
    char text[LINE];
    lua_State *L = runner->state->L;
    (void)rest;
    long long bytes = (long long)lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
    snprintf(text, sizeof text, "%lld %zu", bytes, runner->state->bytes);
    answer(runner->number, text);
}

static void held(struct runner *runner, char *rest) {
    char text[LINE];
    (void)rest;
    lua_gc(runner->state->L, LUA_GCCOLLECT);
    struct mallinfo2 info = mallinfo2();
    snprintf(text, sizeof text, "%zu", info.uordblks + info.hblkhd);
    answer(runner->number, text);
}

static const char *whose_hook(lua_State *L) {
    lua_Hook hook = L != NULL ? lua_gethook(L) : NULL;
    return hook == NULL ? "none" : hook == count_hook ? "own" : "another";
}

static void state(struct runner *runner, char *rest) {
    char text[LINE];
    void *data;
    uintptr_t extra = word;
    lua_State *L = runner->state->L;
    (void)rest;
    bool own = lua_getallocf(L, &data) == allocate && data == runner->state;
    if (options.extra)
        memcpy(&extra, lua_getextraspace(L), sizeof extra);
    snprintf(text, sizeof text, "allocator=%s hook=%s kept=%s extra=%s", own ? "own" : "another",
             whose_hook(L), whose_hook(runner->state->kept), extra == word ? "own" : "another");
    answer(runner->number, text);
}

static void close_state(struct runner *runner, char *rest) {
    (void)rest;
    lua_close(runner->state->L);
    runner->state->L = NULL;
    answer(runner->number, runner->state->bytes == 0 ? "closed" : "closed, with bytes left");
}

static void fork_child(struct runner *runner, char *rest) {
    pid_t child = fork();
    if (child == 0) {
        call(runner, rest);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

static const struct command {
    const char *name;
    void (*function)(struct runner *runner, char *rest);
} commands[] = {{"call", call},       {"run", run},   {"start", start}, {"poke", poke},
                {"count", count},     {"held", held}, {"state", state}, {"close", close_state},
                {"fork", fork_child}, {NULL, NULL}};

static void obey(struct runner *runner, char *line) {
    char *rest, *name = strtok_r(line, " ", &rest);
    const struct command *command = commands;
    if (strcmp(name, "resume") == 0) {
        go_on(runner, 0);
        return;
    }
    while (command->name != NULL && strcmp(command->name, name) != 0)
        command++;
    if (command->name == NULL)
        die(name);
    command->function(runner, rest);
}

/* ---- OS threads ---- */

/* The next line, which is cut at its end; NULL: there is none. */
static char *take_line(int fd, char buffer[LINE], size_t *size) {
    for (;;) {
        char *end = memchr(buffer, '\n', *size);
        if (end != NULL) {
            char *line = strndup(buffer, (size_t)(end - buffer));
            *size -= (size_t)(end + 1 - buffer);
            memmove(buffer, end + 1, *size);
            return line;
        }
        struct pollfd there = {.fd = fd, .events = POLLIN};
        if (poll(&there, 1, -1) < 0 && errno == EINTR)
            continue;
        ssize_t got = read(fd, buffer + *size, LINE - *size);
        if (got <= 0)
            return NULL;
        *size += (size_t)got;
    }
}

static void *serve(void *data) {
    struct runner *runner = data;
    char buffer[LINE], *line;
    size_t size = 0;
    if (runner->script != NULL)
        make_state(runner->state, runner->script);
    answer(runner->number, "ready");
    while ((line = take_line(runner->commands[0], buffer, &size)) != NULL) {
        if (options.shared)
            pthread_mutex_lock(&lock);
        obey(runner, line);
        if (options.shared)
            pthread_mutex_unlock(&lock);
        free(line);
    }
    return NULL;
}

static void end(const char *how) {
    if (strcmp(how, "exit") == 0)
        exit(0);
    _exit(3);
}

/* Hands each line to the OS thread that it is for. */
static void *distribute(void *data) {
    char buffer[LINE], *line;
    size_t size = 0;
    (void)data;
    while ((line = take_line(STDIN_FILENO, buffer, &size)) != NULL) {
        int number = atoi(line);
        char *command = strchr(line, ' ');
        if (command == NULL || number < 0 || number > options.count)
            die("what command is that?");
        if (number == 0)
            end(command + 1);
        *strchr(line, '\0') = '\n';
        dprintf(runners[number - 1].commands[1], "%.*s", (int)(strcspn(command + 1, "\n") + 1),
                command + 1);
        free(line);
    }
    exit(0);
}

static void parse(char **words) {
    for (; *words != NULL; words++) {
        if (strcmp(*words, "--module") == 0)
            options.module = *++words;
        else if (strcmp(*words, "--without") == 0)
            options.without = *++words;
        else if (strcmp(*words, "--strict") == 0)
            options.strict = true;
        else if (strcmp(*words, "--extra") == 0)
            options.extra = true;
        else if (strcmp(*words, "--yields") == 0)
            options.yields = atoi(*++words);
        else if (strcmp(*words, "--shared") == 0)
            options.shared = true;
        else
            options.scripts[options.count++] = *words;
    }
}

int main(int argc, char **argv) {
    pthread_t thread;
    (void)argc;
    parse(argv + 1);
    if (options.shared)
        options.count = 2;
    for (int i = 0; i < options.count; i++) {
        runners[i] =
            (struct runner){i + 1, &states[options.shared ? 0 : i], {-1, -1}, options.scripts[i]};
        if (pipe(runners[i].commands) != 0)
            die("no pipe");
    }
    if (options.shared)
        make_state(&states[0], options.scripts[0]);
    if (options.shared)
        runners[0].script = NULL;
    pthread_create(&thread, NULL, distribute, NULL);
    for (int i = 1; i < options.count; i++)
        pthread_create(&thread, NULL, serve, &runners[i]);
    serve(&runners[0]);
    return 0;
}
