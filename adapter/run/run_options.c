/* SPDX-License-Identifier: MIT */
#include "run_options.h"

#include "options.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

static int add_measure(struct run_options *options, const char *value, char *complaint) {
    if (options->measure_count == MEASURE_OPTION_MOST)
        return complain(complaint, "--measure can be given %d times, not more",
                        MEASURE_OPTION_MOST);
    int error = measure_option_parse(&options->measures[options->measure_count], value, complaint);
    options->measure_count += error == 0;
    return error;
}

/* The words are of the manual: a format, an equals sign, a file. */
static int add_export(struct run_options *options, const char *value, char *complaint) {
    if (options->export_count == RUN_EXPORTS)
        return complain(complaint, "--export can be given %d times, not more", RUN_EXPORTS);
    const char *equals = strchr(value, '=');
    const struct export_format *format = export_find(value, (size_t)(equals - value));
    assert(format != NULL);
    options->exports[options->export_count++] = (struct export_option){format, equals + 1};
    return 0;
}

/* The keys that take() leaves. */
static int take_more(struct run_options *options, int key, const char *value, char *complaint) {
    switch (key) {
    case 'y':
        return why_option_parse(&options->told.why, value, complaint);
    case 'Y':
        told_set_moment(&options->told, value);
        return 0;
    case 'b':
        return told_set_largest(&options->told, options_number(value), complaint);
    case 'g':
        return run_limits_add_suspects(&options->limits, value, complaint);
    case 'e':
        return add_export(options, value, complaint);
    case 'S':
        options->stacks = value;
        return 0;
    case 'L':
        options->library = value;
        return 0;
    case 'o':
        options->output = value;
        return 0;
    case 'c':
        options->collect = true;
        return 0;
    default:
        assert(key == 'H');
        options->host = true;
        return 0;
    }
}

/* Words and numbers are of the manual, and so good. */
static int take(void *into, int key, const char *value, char *complaint) {
    struct run_options *options = into;
    switch (key) {
    case 's':
        options->sort = columns_find(COLUMNS_TO_SORT, value, strlen(value));
        return 0;
    case 't':
        options->top = options_number(value);
        return 0;
    case 'f':
        options->format = (enum manual_format)options_word(manual_formats, value);
        return 0;
    case 'l':
        return run_limits_add(&options->limits, value, complaint);
    case 'm':
        return add_measure(options, value, complaint);
    case 'w':
        options->warmup = options_number(value);
        return 0;
    default:
        options->help = key == 'h';
        return options->help ? 1 : take_more(options, key, value, complaint);
    }
}

static const struct options syntax = {&manual_run, take};

static bool is_measured(const struct run_options *options, const char *name) {
    for (size_t i = 0; i < options->measure_count; i++)
        if (strcmp(options->measures[i].name, name) == 0)
            return true;
    return false;
}

/* What means nothing without the other. */
static int check_measuring(const struct run_options *options, char *complaint) {
    if (options->measure_count == 0 && options->warmup > 0)
        return complain(complaint, "--warmup goes with --measure");
    if (options->measure_count == 0 && options->collect)
        return complain(complaint, "--collect goes with --measure");
    for (size_t i = 0; i < options->limits.count; i++)
        if (options->limits.items[i].of_suspects &&
            !is_measured(options, options->limits.items[i].words))
            return complain(complaint, "--fail-on-growth %.150s: no --measure has that name",
                            options->limits.items[i].words);
    return 0;
}

static int check_told(const struct run_options *options, char *complaint) {
    const struct told_options *told = &options->told;
    if (!told_is_asked(told) && told->has_moment)
        return complain(complaint, "--why-at goes with --why or --largest");
    return 0;
}

int run_options_parse(struct run_options *options, int argc, char **argv,
                      char complaint[COMPLAINT_BYTES]) {
    const size_t not_given = SIZE_MAX;
    *options = (struct run_options){.sort = COLUMN_GROWTH, .top = not_given};
    int next = options_parse(&syntax, options, argc, argv, complaint);
    if (next < 0 || options->help)
        return next < 0 ? next : 0;
    if (next >= argc)
        return complain(complaint,
                        options->host
                            ? "which program? Name it behind the options: luaheat run --host lua5.4"
                            : "which script? Name it behind the options: luaheat run script.lua");
    if (options->host && options->library != NULL)
        return complain(complaint, "--lua goes with a script; --host has a Lua of its own");
    int error = check_measuring(options, complaint);
    if (error == 0)
        error = check_told(options, complaint);
    if (error != 0)
        return error;
    if (options->top == not_given)
        options->top = options->format == MANUAL_TABLE ? RUN_TABLE_ROWS : 0;
    options->arguments = argv + next;
    options->script = argv[next];
    return 0;
}

void run_options_finish(struct run_options *options) {
    run_limits_finish(&options->limits);
    why_option_finish(&options->told.why);
    for (size_t i = 0; i < options->measure_count; i++)
        measure_option_finish(&options->measures[i]);
    options->measure_count = 0;
}
