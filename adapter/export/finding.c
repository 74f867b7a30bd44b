/* SPDX-License-Identifier: MIT */
#include "finding.h"

#include "text.h"
#include "units.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many leaks in a run are found 19 times of 20 (tests/unit/link/test_suspicion.c). */
enum { NAMED = 4, FOUND_OF_A_RUN = 12 };

struct telling {
    FILE *file;
    const struct figures *figures;
    const struct measured *measured;
    const char *folder;
};

/* "0.3 KB", "141 KB", "1.84 MB" */
static void tell_bytes(const struct telling *telling, int64_t bytes) {
    char text[UNITS_ROOM];
    units_bytes(text, bytes);
    if (bytes >= 1000000)
        fputs(text, telling->file);
    else
        fprintf(telling->file, bytes < 10000 ? "%.1f KB" : "%.0f KB", (double)bytes / 1000);
}

/* That has a plural, as far as can be told. */
static bool is_word(const char *name) {
    size_t size = strlen(name);
    for (size_t i = 0; i < size; i++)
        if (!isascii(name[i]) || !isalpha(name[i]))
            return false;
    return size > 2 && name[size - 1] != 's';
}

/* "400 frames"; "12 windows of game.lua:42" */
static void tell_windows(const struct telling *telling) {
    const struct measured *measured = telling->measured;
    char count[UNITS_ROOM];
    const char *end = measured->windows == 1 ? "" : "s";
    units_exact(count, measured->windows);
    if (is_word(measured->name))
        fprintf(telling->file, "%s %s%s", count, measured->name, end);
    else
        fprintf(telling->file, "%s window%s of %s", count, end, measured->name);
}

/* ---- found ---- */

static const char *told_path(const struct telling *telling, const char *path) {
    size_t size = telling->folder != NULL ? strlen(telling->folder) : 0;
    if (size > 0 && strncmp(path, telling->folder, size) == 0 && path[size] == '/')
        return path + size + 1;
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* "game/ai.lua:30" */
static bool tell_place(const struct telling *telling, const struct measured_line *line) {
    const char *path = lines_path(telling->figures, &line->place);
    char *name = path != NULL ? strdup(told_path(telling, path))
                              : lines_name(telling->figures, &line->place);
    char *text = name != NULL ? text_escape(name, strlen(name)) : NULL;
    if (text != NULL)
        fprintf(telling->file, "%s:%" PRIu32, text, line->place.line);
    free(name);
    free(text);
    return text != NULL;
}

/* Upvalues are a part of closures. */
static uint64_t bytes_of(const struct figures_site *site, int kind) {
    uint64_t bytes = figures_live(&site->cells[kind]);
    return kind == FIGURES_FUNCTION ? bytes + figures_live(&site->cells[FIGURES_UPVALUE]) : bytes;
}

/* The kind of object that has most of the line's bytes, parts of objects apart; FIGURES_BUFFER:
   none. */
static int kind_of(const struct figures_site *site) {
    int most = FIGURES_BUFFER;
    uint64_t bytes = 0;
    for (int kind = FIGURES_STRING; kind < FIGURES_UPVALUE; kind++)
        if (bytes_of(site, kind) > bytes) {
            bytes = bytes_of(site, kind);
            most = kind;
        }
    return most;
}

/* "313 closures, " */
static void tell_objects(const struct telling *telling, const struct measured_line *line) {
    static const char *const words[FIGURES_KINDS] = {
        [FIGURES_STRING] = "string",    [FIGURES_TABLE] = "table",
        [FIGURES_FUNCTION] = "closure", [FIGURES_USERDATA] = "userdata",
        [FIGURES_THREAD] = "coroutine",
    };
    const struct figures_site *site = &telling->figures->sites[line->place.site];
    int kind = kind_of(site);
    const struct figures_cell *cell = &site->cells[kind];
    char count[UNITS_ROOM];
    if (words[kind] == NULL)
        return;
    units_exact(count, cell->allocations - cell->frees);
    bool plural = cell->allocations - cell->frees != 1 && kind != FIGURES_USERDATA;
    fprintf(telling->file, "%s %s%s, ", count, words[kind], plural ? "s" : "");
}

/* "events.listeners.tick (313 closures, game/ai.lua:30 and 1 more line, 451 bytes each)" */
static bool tell_holder(const struct telling *telling, const struct cause *cause) {
    const struct measured_line *line = &telling->measured->lines[cause->first];
    fprintf(telling->file, "%s (", cause->holder);
    tell_objects(telling, line);
    bool told = tell_place(telling, line);
    if (cause->count > 1)
        fprintf(telling->file, " and %zu more line%s", cause->count - 1,
                cause->count == 2 ? "" : "s");
    fputs(", ", telling->file);
    return told;
}

static bool tell_cause(const struct telling *telling, const struct cause *cause) {
    char each[UNITS_ROOM];
    bool told;
    if (cause->holder != NULL) {
        told = tell_holder(telling, cause);
    } else {
        told = tell_place(telling, &telling->measured->lines[cause->first]);
        fputs(" (", telling->file);
    }
    units_bytes(each, cause->per_window);
    fprintf(telling->file, "%s bytes each)", each);
    return told;
}

static bool tell_causes(const struct telling *telling) {
    const struct measured *measured = telling->measured;
    bool told = true;
    for (size_t i = 0; i < measured->causes.count && i < NAMED && told; i++) {
        fputs(i > 0 ? ", " : ": ", telling->file);
        told = tell_cause(telling, &measured->causes.list[i]);
    }
    if (measured->causes.count > NAMED)
        fprintf(telling->file, ", and %zu more", measured->causes.count - NAMED);
    return told;
}

static void tell_certainty(const struct telling *telling) {
    const struct measured *measured = telling->measured;
    size_t certain = 0;
    for (size_t i = 0; i < measured->causes.count; i++)
        certain += measured->causes.list[i].level == SUSPICION_CERTAIN;
    if (certain == 0 || certain == measured->causes.count)
        fprintf(telling->file, ", %s", certain > 0 ? "certain" : "likely");
    else
        fprintf(telling->file, ", %zu certain, %zu likely", certain,
                measured->causes.count - certain);
}

static bool knows_holders(const struct measured *measured) {
    for (size_t i = 0; i < measured->causes.count; i++)
        if (measured->causes.list[i].holder != NULL)
            return true;
    return false;
}

static bool tell_found(const struct telling *telling) {
    const struct measured *measured = telling->measured;
    int64_t kept = 0;
    for (size_t i = 0; i < measured->causes.count; i++)
        if (__builtin_add_overflow(kept, measured->causes.list[i].kept, &kept))
            kept = INT64_MAX;
    fprintf(telling->file, "%zu %s%s ", measured->causes.count,
            knows_holders(measured) ? "cause" : "line",
            measured->causes.count == 1 ? " keeps" : "s keep");
    tell_bytes(telling, kept);
    fputs(" in ", telling->file);
    tell_windows(telling);
    tell_certainty(telling);
    return tell_causes(telling);
}

/* ---- not found ---- */

static void tell_nothing(const struct telling *telling) {
    uint64_t one_of = telling->measured->windows / FOUND_OF_A_RUN;
    fputs("No leak found in ", telling->file);
    tell_windows(telling);
    if (one_of > 1)
        fprintf(telling->file, "; one in every %" PRIu64 " would have been, 19 times of 20",
                one_of);
    else
        fputs("; one in each would have been", telling->file);
}

static void tell_too_few(const struct telling *telling) {
    tell_windows(telling);
    fprintf(
        telling->file,
        " tell nothing of leaks: what lives was looked at after %zu of them, %d are needed; let "
        "it run longer, or use --collect",
        telling->measured->judged, SUSPICION_LEAST);
}

static bool tell(const struct telling *telling) {
    const struct measured *measured = telling->measured;
    if (measured->judged < SUSPICION_LEAST)
        tell_too_few(telling);
    else if (measured->suspects == 0)
        tell_nothing(telling);
    else
        return tell_found(telling);
    return true;
}

char *finding_sentence(const struct figures *figures, const struct measured *measured,
                       const char *folder) {
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        return NULL;
    const struct telling telling = {file, figures, measured, folder};
    bool told = tell(&telling);
    if (fclose(file) == 0 && told)
        return text;
    free(text);
    return NULL;
}
