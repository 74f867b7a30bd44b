/* SPDX-License-Identifier: MIT */
/* It follows lua.c call by call, so that the script finds the same heap, the same `arg` and the
   same error texts; what it does not have is the interactive mode. Started by the adapter it brings
   its figures and its debugger along; started by hand it has neither. */
#include "interpreter.h"

#include "attention.h"
#include "code_lines.h"
#include "events.h"
#include "exceptions.h"
#include "execution.h"
#include "inherited.h"
#include "joining.h"
#include "link.h"
#include "measuring.h"
#include "options.h"
#include "own_module.h"
#include "parent.h"
#include "release.h"
#include "serve.h"
#include "state.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct server *server;
    struct options options;
    int argc;
    char **argv;
    const char *program;
};

static void print_message(const char *program, const char *message) {
    fflush(stdout);
    fprintf(stderr, "%s: %s\n", program, message);
    fflush(stderr);
}

/* Prints the error message on the stack and pops it, if there was an error. */
static int report(lua_State *L, const struct run *run, int status) {
    if (status != LUA_OK) {
        const char *message = lua_tostring(L, -1);
        print_message(run->program, message != NULL ? message : "(error message not a string)");
        lua_pop(L, 1);
    }
    return status;
}

static int message_handler(lua_State *L) {
    exceptions_unhandled(debugger_of(L), L, 1);
    debugger_end(debugger_of(L), L);
    const char *message = lua_tostring(L, 1);
    if (message == NULL) {
        if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING)
            return 1;
        message = lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    }
    luaL_traceback(L, L, message, 1);
    return 1;
}

static int call(lua_State *L, const struct run *run, int arguments, int results) {
    int base = lua_gettop(L) - arguments;
    lua_pushcfunction(L, message_handler);
    lua_insert(L, base);
    attention_catch_interrupt(run->server->debugger);
    int status = lua_pcall(L, arguments, results, base);
    attention_ignore_interrupt();
    lua_remove(L, base);
    return status;
}

static int run_chunk(lua_State *L, const struct run *run, int status) {
    if (status == LUA_OK)
        status = call(L, run, 0, 0);
    return report(L, run, status);
}

static int run_string(lua_State *L, const struct run *run, const char *code, const char *name) {
    return run_chunk(L, run, luaL_loadbuffer(L, code, strlen(code), name));
}

/* -l mod, -l global=mod. Where there is no mark of a version, the suffix is the empty end. */
static int run_library(lua_State *L, const struct run *run, char *name) {
    char *module = release_names_globals() ? strchr(name, '=') : NULL;
    char *suffix = NULL;
    if (module == NULL) {
        module = name;
        suffix = strchr(module, *release_version_mark());
    } else {
        *module++ = '\0';
    }
    lua_getglobal(L, "require");
    lua_pushstring(L, module);
    int status = call(L, run, 1, 1);
    if (status == LUA_OK) {
        if (suffix != NULL)
            *suffix = '\0';
        lua_setglobal(L, name);
    }
    return report(L, run, status);
}

static int run_init(lua_State *L, const struct run *run) {
    const char *name = "=LUA_INIT_" LUA_VERSION_MAJOR "_" LUA_VERSION_MINOR;
    const char *init = getenv(name + 1);
    if (init == NULL) {
        name = "=LUA_INIT";
        init = getenv(name + 1);
    }
    if (init == NULL)
        return LUA_OK;
    if (init[0] == '@')
        return run_chunk(L, run, luaL_loadfile(L, init + 1));
    return run_string(L, run, init, name);
}

/* -e, -l and -W, in their order. */
static int run_options(lua_State *L, const struct run *run) {
    for (int i = 1; i < run->options.end; i++) {
        char option = run->argv[i][1];
        if (option == 'W')
            lua_warning(L, "@on", 0);
        if (option != 'e' && option != 'l')
            continue;
        char *argument = run->argv[i] + 2;
        if (*argument == '\0')
            argument = run->argv[++i];
        int status = option == 'e' ? run_string(L, run, argument, "=(command line)")
                                   : run_library(L, run, argument);
        if (status != LUA_OK)
            return status;
    }
    return LUA_OK;
}

static void create_arg_table(lua_State *L, const struct run *run) {
    int script = run->options.script;
    lua_createtable(L, run->argc - (script + 1), script + 1);
    for (int i = 0; i < run->argc; i++) {
        lua_pushstring(L, run->argv[i]);
        lua_rawseti(L, -2, i - script);
    }
    lua_setglobal(L, "arg");
}

static int push_args(lua_State *L) {
    if (lua_getglobal(L, "arg") != LUA_TTABLE)
        luaL_error(L, "'arg' is not a table");
    int count = (int)luaL_len(L, -1);
    luaL_checkstack(L, count + 3, "too many arguments to script");
    int i;
    for (i = 1; i <= count; i++)
        lua_rawgeti(L, -i, i);
    lua_remove(L, -i);
    return count;
}

/* The script's file; NULL: standard input. */
static const char *script_name(const struct run *run) {
    int script = run->options.script;
    if (script == 0)
        return NULL;
    const char *name = run->argv[script];
    bool is_dash = strcmp(name, "-") == 0 && strcmp(run->argv[script - 1], "--") != 0;
    return is_dash ? NULL : name;
}

static int run_script(lua_State *L, const struct run *run) {
    int status = luaL_loadfile(L, script_name(run));
    if (status == LUA_OK) {
        int arguments = push_args(L);
        run->server->debugger->account.outside = FIGURES_C;
        execution_begin_script(run->server);
        status = call(L, run, arguments, LUA_MULTRET);
    }
    return report(L, run, status);
}

/* Without a script, and without an option that is one, standard input is the script; lua5.4 does
   not call it with arguments. */
static int run_input(lua_State *L, const struct run *run) {
    run->server->debugger->account.outside = FIGURES_C;
    return run_chunk(L, run, luaL_loadfile(L, NULL));
}

static void open_libraries(lua_State *L, const struct run *run) {
    if (run->options.ignores_environment) {
        lua_pushboolean(L, 1);
        lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
    }
    luaL_openlibs(L);
    own_module_offer(L);
    lua_replace(L, 1); /* where lua.c keeps argc, which nobody asks for */
    if (events_attach(run->server->debugger, L) != 0)
        luaL_error(L, "not enough memory");
    create_arg_table(L, run);
    if (release_rests_collector())
        lua_gc(L, LUA_GCRESTART);
    lua_gc(L, LUA_GCGEN, 0, 0);
}

static int protected_main(lua_State *L) {
    const struct run *run = lua_touserdata(L, 2);
    const struct options *options = &run->options;
    luaL_checkversion(L);
    open_libraries(L, run);
    if (!options->ignores_environment && run_init(L, run) != LUA_OK)
        return 0;
    if (run_options(L, run) != LUA_OK)
        return 0;
    if (options->script > 0) {
        if (run_script(L, run) != LUA_OK)
            return 0;
    } else if (!options->executes && !options->version) {
        run_input(L, run);
    }
    lua_pushboolean(L, 1);
    return 1;
}

static int run_state(lua_State *L, struct run *run) {
    if (release_rests_collector())
        lua_gc(L, LUA_GCSTOP);
    lua_pushcfunction(L, protected_main);
    lua_pushinteger(L, run->argc); /* as lua.c, whose stack the heap must equal */
    lua_pushlightuserdata(L, run);
    int status = lua_pcall(L, 2, 1, 0);
    bool finished = lua_toboolean(L, -1);
    report(L, run, status);
    account_freeze(&run->server->debugger->account, L);
    lua_close(L);
    return finished && status == LUA_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_with(struct server *server, struct run *run, const struct handed *handed) {
    const char *measure = handed->measure;
    run->server = server;
    server->telling.answer = handed->answer;
    if (measure != NULL && !measuring_begin(server, measure)) {
        print_message(run->program, "cannot read what luaheat wants measured");
        return EXIT_FAILURE;
    }
    execution_await_configuration(server, script_name(run));
    lua_State *L = state_new(&server->debugger->account);
    if (L == NULL) {
        print_message(run->program, "cannot create state: not enough memory");
        return EXIT_FAILURE;
    }
    int status = run_state(L, run);
    server_tell_exit(server, status);
    return status;
}

/* Whether the options leave something to run. */
static bool accept(const struct run *run) {
    if (run->options.bad > 0) {
        options_print_usage(run->program, run->argv[run->options.bad]);
        return false;
    }
    if (run->options.interactive) {
        print_message(run->program, "there is no interactive mode here: use lua5.4 -i");
        return false;
    }
    if (run->options.version) {
        printf("%s\n", release_loaded()->copyright);
        fflush(stdout);
    }
    return true;
}

/* Nobody could give it the name that it has when the adapter starts it. */
static void follow_terminal(const struct handed *handed, struct run *run) {
    static char name[] = "lua5.4";
    run->argv[0] = name;
    run->program = name;
    parent_follow_life(handed->life);
}

/* Started by the adapter, or for it in a terminal, this process ends with it. */
static bool take_handed(struct handed *handed, struct run *run) {
    char problem[INHERITED_PROBLEM_BYTES];
    inherited_take_signals();
    if (!inherited_take(handed, problem)) {
        fprintf(stderr, "%s: cannot use what luaheat handed over: %s\n", run->program, problem);
        return false;
    }
    if (handed->life >= 0)
        follow_terminal(handed, run);
    else if (handed->link >= 0 || handed->figures != NULL)
        parent_follow();
    return true;
}

/* One that a debugged program has started may be debugged, too. */
static bool join(struct handed *handed, const struct run *run) {
    const char *session = getenv(LINK_ENV_PARENT), *script = script_name(run);
    const struct options *options = &run->options;
    bool runs = options->script > 0 || options->executes || !options->version;
    if (session == NULL || !runs || handed->link >= 0 || handed->figures != NULL)
        return false;
    return joining_meet(session, script != NULL ? script : run->program, handed);
}

int interpreter_main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], LINK_CODE_LINES) == 0)
        return code_lines_print(argv[2]);
    struct run run = {.argc = argc, .argv = argv, .options = options_parse(argv)};
    run.program = argv[0] != NULL && argv[0][0] != '\0' ? argv[0] : "luaheat-lua";
    struct handed handed;
    if (!take_handed(&handed, &run) || !accept(&run))
        return EXIT_FAILURE;
    bool joined = join(&handed, &run);
    /* os.exit ends the process inside Lua, and with it the server. */
    struct server *server = serve_create(handed.link, handed.bell, handed.figures, protected_main);
    if (server == NULL) {
        print_message(run.program, "cannot start: not enough memory");
        return EXIT_FAILURE;
    }
    server->goes_on_alone = joined;
    int status = EXIT_FAILURE;
    if (handed.sampling == NULL ||
        sampling_tune_by(&server->debugger->account.sampling, handed.sampling))
        status = run_with(server, &run, &handed);
    else
        print_message(run.program, LINK_ENV_SAMPLING
                      " takes a number of bytes, at most 1 GiB, or all, sampled or off");
    free(handed.measure);
    free(handed.sampling);
    serve_destroy(server);
    return status;
}
