/* SPDX-License-Identifier: MIT */
#include "ps.h"

#include "complain.h"
#include "door_list.h"
#include "doors.h"
#include "flushed.h"
#include "glance.h"
#include "help.h"
#include "json.h"
#include "occupied.h"
#include "options.h"
#include "screen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

struct ps {
    bool json, help;
};

static int take(void *into, int key, const char *value, char *complaint) {
    struct ps *ps = into;
    if (key == OPTIONS_WORD)
        return complain(complaint, "luaheat ps takes no word: '%.150s'", value);
    if (key == 'j')
        ps->json = true;
    else
        ps->help = true;
    return ps->help;
}

/* ---- what it does now ---- */

/* NULL: this OS does not tell. */
static const char *does(const struct door *door) {
    struct glance glance = glance_at(door->pid, 0);
    if (door->suspended)
        return "suspended";
    return !glance.known ? NULL : glance.runs ? "runs" : "waits";
}

static const char *describe(const struct door *door) {
    if (occupied_at(door->socket) == OCCUPIED_YES)
        return "attached";
    const char *now = does(door);
    return now != NULL ? now : "";
}

/* ---- for programs ---- */

static void write_door(struct json *json, const struct door *door) {
    enum occupied occupied = occupied_at(door->socket);
    const char *now = does(door);
    json_line(json);
    json_begin_object(json);
    json_member_signed(json, "pid", door->pid);
    json_member_text(json, "name", door->name);
    json_member_text(json, "program", door->program);
    json_member_text(json, "cwd", door->cwd);
    json_member_text(json, "lua", door->lua);
    json_member_text(json, "socket", door->socket);
    if (now != NULL)
        json_member_text(json, "does", now);
    if (occupied != OCCUPIED_UNKNOWN) {
        json_name(json, "attached");
        json_raw(json, occupied == OCCUPIED_YES ? "true" : "false");
    }
    json_end_object(json);
}

static int write_json(const struct door_list *list) {
    struct json json;
    json_begin(&json, stdout);
    json_begin_array(&json);
    for (size_t i = 0; i < list->count; i++)
        write_door(&json, &list->items[i]);
    json_line(&json);
    json_end_array(&json);
    int error = json_finish(&json);
    putchar('\n');
    return error;
}

/* ---- for people ---- */

enum { COLUMNS = 6 };

static const char *const titles[COLUMNS] = {"PID", "DOES", "LUA", "NAME", "PROGRAM", "DOOR"};

struct row {
    char *cells[COLUMNS]; /* safe text; owned */
};

static void finish_rows(struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (int column = 0; column < COLUMNS; column++)
            free(rows[i].cells[column]);
    free(rows);
}

static bool fill(struct row *row, const struct door *door) {
    char pid[16];
    snprintf(pid, sizeof pid, "%d", door->pid);
    const char *texts[COLUMNS] = {pid,        describe(door), door->lua,
                                  door->name, door->program,  door->socket};
    bool filled = true;
    for (int column = 0; column < COLUMNS; column++) {
        row->cells[column] = screen_escape(texts[column], strlen(texts[column]));
        filled = filled && row->cells[column] != NULL;
    }
    return filled;
}

static size_t width_of(const struct row *rows, size_t count, int column) {
    size_t width = strlen(titles[column]);
    for (size_t i = 0; i < count; i++) {
        size_t own = screen_width(rows[i].cells[column]);
        width = own > width ? own : width;
    }
    return width;
}

/* The last column is as long as it is. */
static void print_row(const char *const *cells, const size_t *widths) {
    for (int column = 0; column < COLUMNS - 1; column++) {
        int pad = (int)(widths[column] - screen_width(cells[column]));
        if (column == 0) /* numbers stand under each other */
            printf("%*s%s  ", pad, "", cells[column]);
        else
            printf("%s%*s  ", cells[column], pad, "");
    }
    printf("%s\n", cells[COLUMNS - 1]);
}

static void print_table(const struct row *rows, size_t count) {
    size_t widths[COLUMNS];
    for (int column = 0; column < COLUMNS; column++)
        widths[column] = width_of(rows, count, column);
    print_row(titles, widths);
    for (size_t i = 0; i < count; i++)
        print_row((const char *const *)rows[i].cells, widths);
}

static int write_table(const struct door_list *list) {
    if (list->count == 0) {
        say("no program has opened a door; one does with require(\"luaheat\").listen()");
        return 0;
    }
    struct row *rows = calloc(list->count, sizeof *rows);
    bool filled = rows != NULL;
    for (size_t i = 0; i < list->count && filled; i++)
        filled = fill(&rows[i], &list->items[i]);
    if (filled)
        print_table(rows, list->count);
    if (rows != NULL)
        finish_rows(rows, list->count);
    return filled ? 0 : -ENOMEM;
}

/* ---- the command ---- */

static void say_unreadable(int error) {
    char folder[DOORS_PATH_BYTES] = "";
    doors_folder(folder);
    if (error == -EPERM)
        say("%s is not this user's alone (mode 0700), so no door in it can be trusted", folder);
    else
        say("cannot read the doors in %s: %s", folder, strerror(-error));
}

static int show(const struct ps *ps) {
    struct door_list list;
    int error = door_list_read(&list);
    if (error != 0) {
        say_unreadable(error);
        door_list_finish(&list);
        return EXIT_FAILURE;
    }
    error = ps->json ? write_json(&list) : write_table(&list);
    door_list_finish(&list);
    if (error == 0)
        error = flushed(stdout);
    if (error != 0)
        say("cannot write the list: %s", strerror(-error));
    return error == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int ps_main(int argc, char **argv) {
    static const struct options syntax = {&manual_ps, take};
    char complaint[COMPLAINT_BYTES];
    struct ps ps = {0};
    int next = options_parse(&syntax, &ps, argc, argv, complaint);
    if (next >= 0 && !ps.help && next < argc) /* behind "--" */
        next = complain(complaint, "luaheat ps takes no word: '%.150s'", argv[next]);
    if (next < 0) {
        say("%s", complaint);
        return EXIT_USAGE;
    }
    return ps.help ? help_show(&manual_ps) : show(&ps);
}
