/* SPDX-License-Identifier: MIT */
#include "snapshot_file.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct snapshot_file file;
static char *text;
static cJSON *json;

static int write_it(bool (*cancelled)(void *data)) {
    size_t size;
    FILE *to = open_memstream(&text, &size);
    int error = snapshot_file_write(&file, to, cancelled, NULL);
    fclose(to);
    return error;
}

static void read_it(void) {
    cr_assert_eq(write_it(NULL), 0);
    json = cJSON_Parse(text);
    cr_assert_not_null(json, "%s", text);
}

static void clean(void) {
    snapshot_file_finish(&file);
    file = (struct snapshot_file){0};
    cJSON_Delete(json);
    json = NULL;
    free(text);
    text = NULL;
}

TestSuite(snapshot_file, .fini = clean);

static int add_node(const char *name, uint64_t id) {
    return snapshot_file_add_node(&file, SNAPSHOT_OBJECT, name, strlen(name), id, 10 * id);
}

static int add_edge(uint32_t from, uint32_t to, const char *name) {
    return snapshot_file_add_edge(&file, from, to, SNAPSHOT_PROPERTY, name, strlen(name));
}

static double number_at(const char *list, int index) {
    return cJSON_GetArrayItem(cJSON_GetObjectItem(json, list), index)->valuedouble;
}

static const char *string_at(double index) {
    return cJSON_GetArrayItem(cJSON_GetObjectItem(json, "strings"), (int)index)->valuestring;
}

static double count_of(const char *what) {
    return cJSON_GetObjectItem(cJSON_GetObjectItem(json, "snapshot"), what)->valuedouble;
}

/* How many numbers one of them has, by what the file says of itself. */
static int fields(const char *what) {
    const cJSON *meta = cJSON_GetObjectItem(cJSON_GetObjectItem(json, "snapshot"), "meta");
    return cJSON_GetArraySize(cJSON_GetObjectItem(meta, what));
}

Test(snapshot_file, nodes_have_their_edges_behind_one_another) {
    add_node("root", 1);
    add_node("a", 3);
    add_node("b", 5);
    add_edge(1, 2, "late"); /* before those of the node in front of it */
    add_edge(0, 1, "first");
    add_edge(1, 1, "self");
    snapshot_file_add_element(&file, 0, 2, 7);
    read_it();
    int node = fields("node_fields"), edge = fields("edge_fields");
    cr_assert_eq(count_of("node_count"), 3);
    cr_assert_eq(count_of("edge_count"), 4);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(json, "nodes")), 3 * node);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(json, "edges")), 4 * edge);
    static const int counts[] = {2, 2, 0};
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(number_at("nodes", i * node + 4), counts[i]);
        cr_assert_eq(number_at("nodes", i * node + 3), 10 * number_at("nodes", i * node + 2));
    }
    static const char *const names[] = {"first", NULL, "late", "self"};
    static const int targets[] = {1, 2, 2, 1};
    for (int i = 0; i < 4; i++) {
        double name = number_at("edges", i * edge + 1);
        cr_assert_eq(number_at("edges", i * edge + 2), targets[i] * node);
        if (names[i] != NULL)
            cr_assert_str_eq(string_at(name), names[i]);
        else
            cr_assert_eq(name, 7, "an element has its index");
    }
}

Test(snapshot_file, a_name_stands_there_once_whatever_bytes_it_has) {
    static const char odd[] = "\xff\"\\\n\0end";
    char longer[1000];
    memset(longer, 'x', sizeof longer);
    for (uint64_t i = 0; i < 3; i++) {
        add_node("same", i);
        snapshot_file_add_node(&file, SNAPSHOT_STRING, odd, sizeof odd - 1, i, 1);
        snapshot_file_add_node(&file, SNAPSHOT_STRING, longer, sizeof longer, i, 1);
    }
    read_it();
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(json, "strings")), 4);
    cr_assert_str_eq(string_at(0), "");
    cr_assert_str_eq(string_at(2), "\\xFF\"\\\n\\x00end");
    cr_assert_eq(strlen(string_at(3)), SNAPSHOT_NAME_BYTES);
}

Test(snapshot_file, many_names_are_found_again) {
    char name[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 10000; i++) {
            snprintf(name, sizeof name, "name %d", i);
            add_node(name, 1);
        }
    read_it();
    int node = fields("node_fields");
    cr_assert_eq(file.names.count, 10001);
    const cJSON *nodes = cJSON_GetObjectItem(json, "nodes");
    const cJSON *first = cJSON_GetArrayItem(nodes, 1),
                *again = cJSON_GetArrayItem(nodes, 10000 * node + 1);
    cr_assert_eq(first->valuedouble, again->valuedouble);
}

Test(snapshot_file, nothing_is_a_file_too) {
    read_it();
    cr_assert_eq(count_of("node_count"), 0);
}

static bool always(void *data) {
    return true;
}

Test(snapshot_file, it_can_be_cancelled) {
    add_node("root", 1);
    cr_assert_eq(write_it(always), -ECANCELED);
}
