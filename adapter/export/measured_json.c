/* SPDX-License-Identifier: MIT */
#include "measured_json.h"

#include "finding.h"

#include <errno.h>
#include <stdlib.h>

static void write_spread(struct json *json, const char *name, const struct spread *spread) {
    json_member_object(json, name);
    json_member_signed(json, "last", spread->last);
    json_member_signed(json, "min", spread->min);
    json_member_signed(json, "median", spread->median);
    json_member_signed(json, "max", spread->max);
    json_member_signed(json, "trend", spread->trend);
    json_end_object(json);
}

static void write_figures(struct json *json, const struct measured_figures *figures) {
    write_spread(json, "growth", &figures->growth);
    write_spread(json, "allocated", &figures->allocated);
    write_spread(json, "freed", &figures->freed);
    write_spread(json, "retained", &figures->retained);
}

static void write_series(struct json *json, const char *name, const int64_t *numbers,
                         size_t count) {
    json_member_array(json, name);
    for (size_t i = 0; i < count; i++)
        json_signed(json, numbers[i]);
    json_end_array(json);
}

static void write_windows(struct json *json, const struct measured *measured) {
    json_member_array(json, "recent");
    for (size_t i = 0; i < measured->recent_count; i++) {
        const struct measured_window *window = &measured->recent[i];
        json_begin_object(json);
        json_member_unsigned(json, "window", window->number);
        json_member_signed(json, "growth", window->growth);
        json_member_signed(json, "allocated", window->allocated);
        json_member_signed(json, "freed", window->freed);
        if (window->retained >= 0)
            json_member_signed(json, "retained", window->retained);
        json_member_unsigned(json, "heap", window->heap);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_lines(struct json *json, const struct measured *measured, size_t lines,
                        const struct measured_places *places) {
    json_member_array(json, "lines");
    for (size_t i = 0; i < measured->count && i < lines; i++) {
        const struct measured_line *line = &measured->lines[i];
        json_begin_object(json);
        places->write(json, &line->place, places->data);
        write_figures(json, &line->figures);
        write_series(json, "recent", line->recent, measured->recent_count);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_points(struct json *json, const struct measured *measured) {
    json_member_array(json, "points");
    for (size_t i = 0; i < measured->judged; i++)
        json_unsigned(json, measured->points[i]);
    json_end_array(json);
}

static void write_suspicion(struct json *json, const struct suspicion *suspicion) {
    json_member_text(json, "confidence", suspicion_word(suspicion->level));
    json_member_signed(json, "kept", suspicion->kept);
    json_member_signed(json, "perWindow", suspicion->per_window);
    json_member_unsigned(json, "since", suspicion->since);
    json_member_unsigned(json, "rises", suspicion->rises);
    json_member_unsigned(json, "stretches", suspicion->stretches);
}

static void write_suspects(struct json *json, const struct measured *measured,
                           const struct measured_places *places) {
    json_member_array(json, "suspects");
    for (size_t i = 0; i < measured->suspects; i++) {
        const struct measured_line *line = &measured->lines[i];
        json_begin_object(json);
        places->write(json, &line->place, places->data);
        write_suspicion(json, &line->suspicion);
        write_series(json, "living", line->living, measured->judged);
        json_end_object(json);
    }
    json_end_array(json);
}

/* Its suspects by their numbers. */
static void write_cause(struct json *json, const struct cause *cause) {
    json_begin_object(json);
    if (cause->holder != NULL)
        json_member_text(json, "holder", cause->holder);
    json_member_text(json, "confidence", suspicion_word(cause->level));
    json_member_signed(json, "kept", cause->kept);
    json_member_signed(json, "perWindow", cause->per_window);
    json_member_array(json, "suspects");
    for (size_t i = 0; i < cause->count; i++)
        json_unsigned(json, cause->first + i);
    json_end_array(json);
    json_end_object(json);
}

static void write_causes(struct json *json, const struct measured *measured) {
    json_member_array(json, "causes");
    for (size_t i = 0; i < measured->causes.count; i++)
        write_cause(json, &measured->causes.list[i]);
    json_end_array(json);
}

static void write_summary(struct json *json, const struct measured *measured,
                          const struct measured_places *places) {
    char *sentence = finding_sentence(places->figures, measured, NULL);
    if (sentence != NULL)
        json_member_text(json, "summary", sentence);
    else
        json_fail(json, -ENOMEM);
    free(sentence);
}

void measured_json(struct json *json, const struct measured *measured, size_t lines,
                   const struct measured_places *places) {
    json_begin_object(json);
    json_member_text(json, "name", measured->name);
    write_summary(json, measured, places);
    json_member_unsigned(json, "windows", measured->windows);
    json_member_unsigned(json, "open", measured->open);
    write_figures(json, &measured->figures);
    json_member_unsigned(json, "judged", measured->judged);
    write_points(json, measured);
    write_windows(json, measured);
    write_lines(json, measured, lines, places);
    write_causes(json, measured);
    write_suspects(json, measured, places);
    json_end_object(json);
}
