/* SPDX-License-Identifier: MIT */
#include "lines_json.h"

#include <criterion/criterion.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Figures with the source "(startup)" and the file /a/b.lua; the rows are made by hand. */
static struct figures *figures;

static void start(void) {
    static const char text[] = "\0=(startup)\0@b.lua\0/a/b.lua";
    figures = calloc(1, sizeof *figures);
    memcpy(figures->text, text, sizeof text);
    figures->sources[0] = (struct figures_source){.name = 1, .name_bytes = 10};
    figures->sources[1] = (struct figures_source){.name = 12, .name_bytes = 6, .path = 19};
    figures->source_count = 2;
}

static void finish(void) {
    free(figures);
}

TestSuite(lines_json, .init = start, .fini = finish);

static struct lines_row rows[] = {
    {.site = 9,
     .source = 1,
     .line = 7,
     .allocations = 2,
     .allocated = 90,
     .freed = 30,
     .live = 60,
     .at_peak = 80,
     .retained = 50,
     .growth = -5,
     .kinds = {[FIGURES_TABLE] = {2, 1, 90, 30}}},
    {.site = 0,
     .source = 0,
     .allocations = 1,
     .allocated = 8,
     .live = 8,
     .at_peak = 8,
     .growth = 8,
     .kinds = {[FIGURES_STRING] = {1, 0, 8, 0}}},
    {.site = 8, .source = 1, .line = 3, .allocations = 1, .allocated = 4, .live = 4},
};
static const struct lines lines = {
    .live = 72,
    .peak = 100,
    .debugger = 6,
    .collector = 72,
    .kinds = {[FIGURES_TABLE] = {64, 2, {10, 54, 5}}, [FIGURES_STRING] = {8, 1, {8, 0, 0}}},
    .count = 3,
    .rows = rows};

static void check(size_t first, size_t count, struct positions positions, const char *sources) {
    cJSON *body = lines_json(&lines, figures, first, count, &positions);
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItem(body, "sources"));
    cr_assert_str_eq(text, sources);
    cr_assert_eq(cJSON_GetObjectItem(body, "total")->valueint, 3);
    free(text);
    cJSON_Delete(body);
}

#define FILE_SOURCE "{\"source\":{\"name\":\"b.lua\",\"path\":\"/a/b.lua\"},\"rows\":"
#define STARTUP_SOURCE                                                                             \
    "{\"source\":{\"name\":\"(startup)\",\"presentationHint\":\"deemphasize\"},\"rows\":"

Test(lines_json, rows_are_grouped_by_source_in_order_of_appearance) {
    check(0, 3, (struct positions){0, 0},
          "[" FILE_SOURCE "[[7,2,90,30,60,-5,80,{\"table\":[2,90,30,60]},50,1],[3,1,4,0,4,0,0,{},0,"
          "0]]}," STARTUP_SOURCE "[[0,1,8,0,8,8,8,{\"string\":[1,8,0,8]},0,1]]}]");
}

/* A program that loads code by itself has thousands of sources with a row each. */
Test(lines_json, rows_keep_no_more_room_than_they_take) {
    enum { ROUNDING = 64 }; /* malloc's */
    cJSON *body = lines_json(&lines, figures, 0, 3, &(struct positions){0, 0});
    const cJSON *source;
    cJSON_ArrayForEach(source, cJSON_GetObjectItem(body, "sources")) {
        char *text = cJSON_GetObjectItem(source, "rows")->valuestring;
        cr_assert_lt(malloc_usable_size(text), strlen(text) + ROUNDING);
    }
    cJSON_Delete(body);
}

Test(lines_json, pages_are_cut_from_the_rows) {
    check(1, 1, (struct positions){0, 0},
          "[" STARTUP_SOURCE "[[0,1,8,0,8,8,8,{\"string\":[1,8,0,8]},0,1]]}]");
    check(2, SIZE_MAX, (struct positions){0, 0}, "[" FILE_SOURCE "[[3,1,4,0,4,0,0,{},0,0]]}]");
    check(3, 1, (struct positions){0, 0}, "[]");
    check(0, 0, (struct positions){0, 0}, "[]");
}

Test(lines_json, lines_are_counted_as_the_client_does) {
    check(2, 1, (struct positions){1, 1}, "[" FILE_SOURCE "[[2,1,4,0,4,0,0,{},0,0]]}]");
}

Test(lines_json, rows_that_follow_each_other_may_have_the_same_figures) {
    struct lines_row all[] = {rows[0], rows[0], rows[0], rows[1], rows[2], rows[0], rows[0]};
    for (uint32_t i = 0; i < 7; i++)
        all[i].line = i * 9 + 5;
    all[2].turnovers[FIGURES_PROTO].survived = 1; /* the last of all that is compared */
    const struct lines several = {.count = 7, .rows = all};
    cJSON *body = lines_json(&several, figures, 0, 7, &(struct positions){0, 0});
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItem(body, "sources"));
#define ROW_0 ",2,90,30,60,-5,80,{\"table\":[2,90,30,60]},50,1]"
    cr_assert_str_eq(text,
                     "[" FILE_SOURCE "[[5" ROW_0 ",[14" ROW_0
                     ",[23,2,90,30,60,-5,80,{\"table\":[2,90,30,60],\"proto\":[0,0,0,0]},50,1]"
                     ",[41,1,4,0,4,0,0,{},0,0],[50" ROW_0 ",[59" ROW_0 "]}," STARTUP_SOURCE
                     "[[32,1,8,0,8,8,8,{\"string\":[1,8,0,8]},0,1]]}]");
    free(text);
    cJSON_Delete(body);
}

Test(lines_json, rows_of_a_source_with_the_same_figures_are_one) {
    struct lines_row all[] = {rows[2], rows[0], rows[1], rows[2], rows[2], rows[0], rows[2]};
    const uint32_t numbers[] = {3, 7, 0, 4, 6, 8, 5};
    for (int i = 0; i < 7; i++)
        all[i].line = numbers[i];
    all[6].kinds[FIGURES_STRING].allocations = 1; /* the kinds alone are others */
    const struct lines several = {.count = 7, .rows = all};
    cJSON *body = lines_json_together(&several, figures, &(struct positions){1, 1});
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItem(body, "sources"));
    cr_assert_str_eq(text, "[" FILE_SOURCE "[[[2,3,5],1,4,0,4,0,0,{},0,0],"
                           "[[6,7],2,90,30,60,-5,80,{\"table\":[2,90,30,60]},50,1],"
                           "[4,1,4,0,4,0,0,{\"string\":[1,0,0,0]},0,1]]}," STARTUP_SOURCE
                           "[[0,1,8,0,8,8,8,{\"string\":[1,8,0,8]},0,1]]}]");
    cr_assert_eq(cJSON_GetObjectItem(body, "total")->valueint, 7);
    free(text);
    cJSON_Delete(body);
}

Test(lines_json, numbers_are_whole_however_large) {
    static struct lines_row large = {.site = 8,
                                     .source = 1,
                                     .line = UINT32_MAX,
                                     .allocations = UINT64_C(1) << 53,
                                     .allocated = INT64_MAX,
                                     .freed = 1000000000000000,
                                     .growth = INT64_MIN};
    const struct lines one = {.count = 1, .rows = &large};
    cJSON *body = lines_json(&one, figures, 0, 1, &(struct positions){0, 0});
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItem(body, "sources"));
    cr_assert_str_eq(text, "[" FILE_SOURCE
                           "[[4294967295,9007199254740992,9223372036854775807,1000000000000000,0,"
                           "-9223372036854775808,0,{},0,0]]}]");
    free(text);
    cJSON_Delete(body);
}

Test(lines_json, the_rest_of_the_body) {
    cJSON *body = lines_json(&lines, figures, 0, 0, &(struct positions){0, 0});
    char *text = cJSON_PrintUnformatted(body);
    cr_assert_str_eq(
        text, "{\"heap\":{\"live\":72,\"peak\":100,\"growth\":72,\"debugger\":6,\"collector\":72,"
              "\"uncounted\":0},"
              "\"columns\":[\"line\",\"allocations\",\"allocated\",\"freed\",\"live\","
              "\"growth\",\"atPeak\",\"kinds\",\"retained\",\"objects\"],\"sources\":[],"
              "\"kinds\":{\"string\":{\"live\":8,\"objects\":1},"
              "\"table\":{\"live\":64,\"objects\":2}},\"total\":3}");
    free(text);
    cJSON_Delete(body);
}

/* Between two moments; `turnover`: is it known what became of the bytes? */
static void check_between(bool turnover, const char *expected) {
    struct lines_row row = {.site = 9,
                            .source = 1,
                            .line = 7,
                            .allocations = 1,
                            .allocated = 10,
                            .freed = 5,
                            .live = 64,
                            .growth = 5,
                            .kinds = {[FIGURES_TABLE] = {1, 1, 10, 5}}};
    struct lines between = lines;
    if (turnover)
        row.turnover = row.turnovers[FIGURES_TABLE] = lines.kinds[FIGURES_TABLE].turnover;
    between.between = true;
    between.turnover_known = turnover;
    between.live_before = 59;
    between.count = 1;
    between.rows = &row;
    cJSON *body = lines_json(&between, figures, 0, 1, &(struct positions){0, 0});
    char *text = cJSON_PrintUnformatted(body);
    cr_assert_str_eq(text, expected);
    free(text);
    cJSON_Delete(body);
}

#define BETWEEN_HEAP                                                                               \
    "{\"heap\":{\"live\":72,\"peak\":100,\"growth\":13,\"debugger\":6,\"collector\":72,"           \
    "\"uncounted\":0,\"before\":59,"                                                               \
    "\"after\":72},"                                                                               \
    "\"columns\":[\"line\",\"allocations\",\"allocated\",\"freed\",\"live\",\"growth\",\"kinds\"," \
    "\"objects\""

Test(lines_json, what_became_of_the_bytes_between_two_moments) {
    check_between(true,
                  BETWEEN_HEAP ",\"new\",\"survived\",\"gone\"],\"sources\":[" FILE_SOURCE
                               "[[7,1,10,5,64,5,{\"table\":[1,10,5,5,10,54,5]},0,10,54,5]]}],"
                               "\"kinds\":{\"string\":{\"live\":8,\"objects\":1,\"new\":8,"
                               "\"survived\":0,\"gone\":0},\"table\":{\"live\":64,\"objects\":2,"
                               "\"new\":10,\"survived\":54,\"gone\":5}},\"total\":1}");
}

Test(lines_json, without_it_if_it_is_not_known) {
    check_between(false, BETWEEN_HEAP "],\"sources\":[" FILE_SOURCE
                                      "[[7,1,10,5,64,5,{\"table\":[1,10,5,5]},0]]}],"
                                      "\"kinds\":{\"string\":{\"live\":8,\"objects\":1},"
                                      "\"table\":{\"live\":64,\"objects\":2}},\"total\":1}");
}
