/* SPDX-License-Identifier: MIT */
/* A host in C with Lua states of its own; the test is the adapter at the other end of the link. */
#include "attaching.h"

#include "bell.h"
#include "debugger.h"
#include "expressions.h"
#include "hook.h"
#include "server.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(attaching, .timeout = 60);

/* ---- the host ---- */

struct host {
    lua_State *L;
    lua_Alloc allocator;
    void *ud;
    struct server *server; /* NULL: nobody is attached */
    int ends;              /* so many were */
    int link;              /* the adapter's end */
    int life;              /* likewise */
    struct figures *figures;
    struct bell *bell;
    cJSON *said; /* the last message read */
};

static const char *const fronted[] = {"return coroutine.resume", "return pcall",
                                      "return debug.sethook", "return os.exit"};
enum { FRONTED = sizeof fronted / sizeof *fronted };

static void run(lua_State *L, const char *code) {
    cr_assert_eq(luaL_dostring(L, code), LUA_OK, "%s", lua_tostring(L, -1));
}

static lua_CFunction function_at(lua_State *L, const char *expression) {
    run(L, expression);
    lua_CFunction function = lua_tocfunction(L, -1);
    lua_settop(L, 0);
    return function;
}

static void open_host(struct host *host) {
    *host = (struct host){.L = luaL_newstate()};
    luaL_openlibs(host->L);
    host->allocator = lua_getallocf(host->L, &host->ud);
}

static void *map(FILE *file, size_t size) {
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fileno(file), 0);
    cr_assert_neq(memory, MAP_FAILED);
    return memory;
}

/* What is handed over, and what the adapter keeps of it. */
static void *share(size_t size, void **kept) {
    FILE *file = tmpfile();
    cr_assert_eq(ftruncate(fileno(file), (off_t)size), 0);
    void *handed = map(file, size);
    *kept = map(file, size);
    fclose(file);
    return handed;
}

static void on_end(void *data) {
    struct host *host = data;
    host->server = NULL;
    host->ends++;
}

static int attach_here(lua_State *L) {
    struct host *host = lua_touserdata(L, lua_upvalueindex(1));
    char problem[SERVE_PROBLEM_BYTES] = "";
    struct handed handed = handed_nothing;
    int link[2], life[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, link), 0);
    cr_assert_eq(pipe(life), 0);
    handed.link = link[0];
    handed.life = life[0];
    handed.bell = share(sizeof *handed.bell, (void **)&host->bell);
    host->figures = NULL;
    if (lua_toboolean(L, 1))
        handed.figures = share(sizeof *handed.figures, (void **)&host->figures);
    host->link = link[1];
    host->life = life[1];
    const struct server_owner owner = {.data = host, .on_end = on_end};
    host->server = serve_attach(L, &handed, problem, &owner);
    cr_assert_not_null(host->server, "%s", problem);
    cr_assert_eq(handed.link, -1);
    return 0;
}

/* What a door does when somebody comes. */
static void attach(struct host *host, bool figures) {
    lua_pushlightuserdata(host->L, host);
    lua_pushcclosure(host->L, attach_here, 1);
    lua_pushboolean(host->L, figures);
    lua_call(host->L, 1, 0);
}

static void hang_up(struct host *host) {
    close(host->link);
    close(host->life);
    host->link = -1;
}

static void close_host(struct host *host) {
    lua_close(host->L);
    cJSON_Delete(host->said);
}

/* ---- the adapter ---- */

static void say(const struct host *host, const char *command, const char *arguments) {
    char text[1000];
    int size = snprintf(text, sizeof text, "{\"seq\":1,\"command\":\"%s\",\"arguments\":%s}\n",
                        command, arguments);
    cr_assert_eq(write(host->link, text, (size_t)size), size);
}

static void ask(struct host *host, const char *command, const char *arguments) {
    say(host, command, arguments);
    bell_ring(host->bell);
}

/* The next message. */
static const char *hear(struct host *host) {
    char text[10000];
    size_t size = 0;
    do
        cr_assert_eq(read(host->link, text + size, 1), 1);
    while (text[size++] != '\n' && size < sizeof text);
    cJSON_Delete(host->said);
    host->said = cJSON_ParseWithLength(text, size);
    const cJSON *event = cJSON_GetObjectItem(host->said, "event");
    return event != NULL ? event->valuestring : "response";
}

static void await(struct host *host, const char *what) {
    while (strcmp(hear(host), what) != 0)
        ;
}

static const cJSON *body(const struct host *host, const char *name) {
    return cJSON_GetObjectItem(cJSON_GetObjectItem(host->said, "body"), name);
}

/* ---- attached ---- */

static void check_nothing_is_left(struct host *host, const lua_CFunction *before) {
    void *ud;
    cr_assert_eq(lua_getallocf(host->L, &ud), host->allocator);
    cr_assert_eq(ud, host->ud);
    cr_assert_null(lua_gethook(host->L));
    for (int i = 0; i < FRONTED; i++)
        cr_assert_eq(function_at(host->L, fronted[i]), before[i], "%s", fronted[i]);
}

static const char turns[] = "for i = 1, 100000 do local t = {} end";

static void check_comes_and_goes(bool figures) {
    static struct host host;
    lua_CFunction before[FRONTED];
    open_host(&host);
    for (int i = 0; i < FRONTED; i++)
        before[i] = function_at(host.L, fronted[i]);
    for (int round = 1; round <= 3; round++) {
        attach(&host, figures);
        cr_assert_str_eq(hear(&host), "ready");
        cr_assert(cJSON_IsTrue(body(&host, "attached")));
        cr_assert_eq(body(&host, "pid")->valueint, getpid());
        run(host.L, turns); /* it is not stopped */
        ask(&host, "configurationDone", "{}");
        run(host.L, turns);
        await(&host, "response");
        ask(&host, "detach", "{}");
        run(host.L, turns);
        await(&host, "response");
        cr_assert_eq(host.ends, round);
        char byte;
        cr_assert_eq(read(host.link, &byte, 1), 0, "the link has ended");
        check_nothing_is_left(&host, before);
        hang_up(&host);
    }
    close_host(&host);
}

Test(attaching, comes_and_goes_without_figures) {
    check_comes_and_goes(false);
}

Test(attaching, comes_and_goes_with_figures) {
    check_comes_and_goes(true);
}

/* While the first request is served another comes, which is taken off the link with the second. */
static struct host *talker;

static cJSON *talk(struct server *server, const cJSON *arguments, struct inspect_problem *problem) {
    (void)server, (void)arguments, (void)problem;
    static bool has_talked;
    if (!has_talked)
        say(talker, "configurationDone", "{}");
    has_talked = true;
    return NULL;
}

static const struct server_request talking[] = {{"outputShown", talk}, {NULL, NULL}};
static const struct server_request *const talking_first[] = {talking, server_execution_requests,
                                                             NULL};

static void attach_talker(struct host *host) {
    open_host(host);
    attach(host, false);
    run(host->L, turns);
    talker = host;
    host->server->topics = talking_first;
    say(host, "outputShown", "{}");
    say(host, "outputShown", "{}");
}

Test(attaching, what_comes_while_others_are_served_ends_a_wait) {
    static struct host host;
    attach_talker(&host);
    cr_assert(serve_wait(host.server, -1));
    close_host(&host);
}

Test(attaching, what_comes_while_others_are_served_needs_no_other_bell) {
    static struct host host;
    attach_talker(&host);
    server_serve_arrived(host.server);
    cr_assert_not(host.server->configured);
    hook_refresh_running(host.server->debugger);
    run(host.L, turns);
    cr_assert(host.server->configured);
    close_host(&host);
}

/* The signal that the system sends for the end of `life` does it, without a bell. */
Test(attaching, the_end_of_the_adapter_is_the_end) {
    static struct host host;
    open_host(&host);
    attach(&host, true);
    ask(&host, "configurationDone", "{}");
    run(host.L, turns);
    hang_up(&host);
    run(host.L, "for i = 1, 1000 do end");
    cr_assert_eq(host.ends, 1);
    close_host(&host);
}

enum { SCRIPT_BYTES = 64 };

static const char breakpoint[] = "{\"source\":{\"path\":\"%s\"},\"breakpoints\":[{\"id\":1,"
                                 "\"line\":2}]}";

static void write_script(char path[SCRIPT_BYTES], const char *text) {
    strcpy(path, "/tmp/luaheat-test-attaching-XXXXXX.lua");
    int fd = mkstemps(path, 4);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

/* Stops the host in a script's second line; another thread is its adapter. */
struct session {
    struct host host;
    char script[SCRIPT_BYTES];
    void (*at_stop)(struct session *session);
    int (*run)(lua_State *L, const char *path); /* NULL: luaL_dofile */
    lua_Integer result;
};

static void *be_adapter(void *data) {
    struct session *session = data;
    char text[1000];
    snprintf(text, sizeof text, breakpoint, session->script);
    ask(&session->host, "setBreakpoints", text);
    ask(&session->host, "configurationDone", "{}");
    await(&session->host, "stopped");
    if (session->host.figures != NULL)
        ask(&session->host, "figuresRead", "{}");
    session->at_stop(session);
    return NULL;
}

static void debug(struct session *session, const char *code) {
    pthread_t adapter;
    open_host(&session->host);
    write_script(session->script, code);
    attach(&session->host, false);
    pthread_create(&adapter, NULL, be_adapter, session);
    do {
        int status = session->run != NULL ? session->run(session->host.L, session->script)
                                          : luaL_dofile(session->host.L, session->script);
        cr_assert_eq(status, LUA_OK, "%s", lua_tostring(session->host.L, -1));
        session->result = lua_tointeger(session->host.L, -1);
        lua_settop(session->host.L, 0);
    } while (session->host.ends == 0);
    pthread_join(adapter, NULL);
    unlink(session->script);
}

static const char adds[] = "local sum = 40\nsum = sum + 2\nreturn sum\n";

static void detach(struct session *session) {
    ask(&session->host, "detach", "{}");
    await(&session->host, "response");
}

Test(attaching, a_stop_is_let_go_on_by_detaching) {
    static struct session session = {.at_stop = detach};
    debug(&session, adds);
    cr_assert_eq(session.result, 42);
    close_host(&session.host);
}

static void yield(lua_State *L, lua_Debug *event) {
    (void)event;
    lua_yield(L, 0);
}

/* As a server does that lets its scripts share the time. */
static int run_in_turns(lua_State *L, const char *path) {
    lua_State *co = lua_newthread(L);
    int status = luaL_loadfile(co, path), results = 0;
    do {
        lua_sethook(co, yield, LUA_MASKCOUNT, 1000);
        status = lua_resume(co, L, 0, &results);
    } while (status == LUA_YIELD);
    lua_xmove(co, L, 1);
    return status;
}

Test(attaching, a_stop_is_in_a_coroutine_whose_hook_the_host_sets_anew) {
    static struct session session = {.at_stop = detach, .run = run_in_turns};
    debug(&session, "local sum = #{ 40 } + 39\nsum = sum + 2\nreturn sum\n");
    cr_assert_eq(session.result, 42);
    close_host(&session.host);
}

/* All that is allocated is what the call itself needs. */
Test(attaching, a_stop_is_in_a_function_that_is_called_there) {
    static struct session session = {.at_stop = detach, .run = run_in_turns};
    debug(&session, "local function add(n)\nreturn n + 2\nend\nlocal sum = add(40)\nreturn sum\n");
    cr_assert_eq(session.result, 42);
    close_host(&session.host);
}

static void vanish(struct session *session) {
    hang_up(&session->host);
}

Test(attaching, a_stop_is_let_go_on_by_the_end_of_the_link) {
    static struct session session = {.at_stop = vanish};
    debug(&session, adds);
    cr_assert_eq(session.result, 42);
    close_host(&session.host);
}

static void evaluate_for_ever(struct session *session) {
    ask(&session->host, "evaluate",
        "{\"expression\":\"(function() while true do end end)()\",\"context\":\"repl\"}");
    hang_up(&session->host);
}

Test(attaching, an_evaluation_is_cut_short_by_the_end_of_the_link) {
    static struct session session = {.at_stop = evaluate_for_ever};
    debug(&session, adds);
    cr_assert_eq(session.result, 42);
    close_host(&session.host);
}

static int stop_it(lua_State *L) {
    struct host *host = lua_touserdata(L, lua_upvalueindex(1));
    serve_detach(host->server, L);
    return 0;
}

static void evaluate_stop(struct session *session) {
    ask(&session->host, "evaluate", "{\"expression\":\"stop()\",\"context\":\"repl\"}");
}

Test(attaching, code_that_is_evaluated_may_end_it) {
    static struct session session = {.at_stop = evaluate_stop};
    open_host(&session.host);
    write_script(session.script, adds);
    pthread_t adapter;
    attach(&session.host, true);
    lua_pushlightuserdata(session.host.L, &session.host);
    lua_pushcclosure(session.host.L, stop_it, 1);
    lua_setglobal(session.host.L, "stop");
    pthread_create(&adapter, NULL, be_adapter, &session);
    while (session.host.ends == 0)
        cr_assert_eq(luaL_dofile(session.host.L, session.script), LUA_OK);
    pthread_join(adapter, NULL);
    unlink(session.script);
    close_host(&session.host);
}

/* What a door does when its state is closed. */
static int close_it(lua_State *L) {
    struct host *host = *(struct host **)lua_touserdata(L, 1);
    if (host->server != NULL)
        serve_close(host->server, L);
    return 0;
}

static void keep_door(struct host *host) {
    struct host **door = lua_newuserdatauv(host->L, sizeof *door, 0);
    *door = host;
    lua_newtable(host->L);
    lua_pushcfunction(host->L, close_it);
    lua_setfield(host->L, -2, "__gc");
    lua_setmetatable(host->L, -2);
    lua_setfield(host->L, LUA_REGISTRYINDEX, "door");
}

Test(attaching, a_state_may_be_closed) {
    static struct host host;
    open_host(&host);
    keep_door(&host);
    attach(&host, true);
    run(host.L, turns);
    close_host(&host);
    cr_assert_eq(host.ends, 1);
}

static void exit_by_evaluation(struct session *session) {
    ask(&session->host, "evaluate", "{\"expression\":\"os.exit(7, true)\",\"context\":\"repl\"}");
    pause();
}

/* In a process of its own. */
Test(attaching, a_state_may_be_closed_while_it_is_stopped) {
    static struct session session = {.at_stop = exit_by_evaluation};
    int status, child = fork();
    if (child == 0) {
        pthread_t adapter;
        open_host(&session.host);
        keep_door(&session.host);
        write_script(session.script, adds);
        attach(&session.host, true);
        pthread_create(&adapter, NULL, be_adapter, &session);
        for (;;)
            if (luaL_dofile(session.host.L, session.script) != LUA_OK)
                _exit(1);
    }
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status), "%d", status);
    cr_assert_eq(WEXITSTATUS(status), 7);
}

/* ---- children ---- */

Test(attaching, a_child_goes_on_without_it) {
    static struct host host;
    int status;
    open_host(&host);
    attach(&host, true);
    ask(&host, "configurationDone", "{}");
    run(host.L, turns);
    int child = fork();
    if (child == 0) {
        void *ud;
        run(host.L,
            "local ok, text = pcall(error, 'x', 0) assert(text == 'x') for i = 1, 1000 do end");
        bool free = host.ends == 1 && lua_getallocf(host.L, &ud) == host.allocator;
        lua_close(host.L);
        _exit(free ? 0 : 1);
    }
    waitpid(child, &status, 0);
    cr_assert_eq(status, 0);
    run(host.L, turns);
    cr_assert_eq(host.ends, 0);
    ask(&host, "detach", "{}");
    run(host.L, turns);
    cr_assert_eq(host.ends, 1);
    close_host(&host);
}

/* ---- several ---- */

static void *freeze_none(void *data) {
    struct session *session = data;
    debug(session, adds);
    return NULL;
}

static pthread_barrier_t stopped;

/* Both are stopped at once: neither waits for the other. */
static void meet(struct session *session) {
    pthread_barrier_wait(&stopped);
    detach(session);
}

Test(attaching, each_of_two_os_threads_is_stopped_by_itself) {
    static struct session first = {.at_stop = meet}, second = {.at_stop = meet};
    pthread_t thread;
    pthread_barrier_init(&stopped, NULL, 2);
    pthread_create(&thread, NULL, freeze_none, &first);
    debug(&second, adds);
    pthread_join(thread, NULL);
    cr_assert_eq(first.result, 42);
    cr_assert_eq(second.result, 42);
    close_host(&first.host);
    close_host(&second.host);
}
