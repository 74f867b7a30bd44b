/* SPDX-License-Identifier: MIT */
#include "memory_filter.h"

#include "alloc.h"
#include "units.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char blanks[] = " \t\r\n";

static const char *const figures[] = {"heap", "growth", "line", "allocation", NULL};

/* The figure that the words begin with, NULL if none. *size: of its name. */
static const char *figure_at(const char *words, size_t *size) {
    *size = strspn(words, "abcdefghijklmnopqrstuvwxyz");
    for (int i = 0; figures[i] != NULL; i++)
        if (strlen(figures[i]) == *size && strncmp(words, figures[i], *size) == 0)
            return figures[i];
    return NULL;
}

/* ">" or ">=" at *words, which is moved behind it and its blanks. *least: 1 if the figure itself is
   too much already. */
static bool skip_operator(const char **words, int *least) {
    const char *at = *words + strspn(*words, blanks);
    if (*at != '>')
        return false;
    *least = at[1] == '=';
    at += 1 + *least;
    *words = at + strspn(at, blanks);
    return true;
}

/* One comparison, in a text of its own. */
static bool read_comparison(cJSON *above, const char *text) {
    size_t size;
    int least;
    int64_t bytes;
    const char *words = text + strspn(text, blanks);
    const char *figure = figure_at(words, &size);
    words += size;
    if (figure == NULL || !skip_operator(&words, &least))
        return false;
    char *number = alloc_text(words);
    number[strcspn(number, blanks)] = '\0';
    bool alone = words[strlen(number) + strspn(words + strlen(number), blanks)] == '\0';
    bool good = alone && units_parse_bytes(number, &bytes) == 0 && bytes >= least;
    if (good && cJSON_GetObjectItemCaseSensitive(above, figure) == NULL)
        cJSON_AddNumberToObject(above, figure, (double)(bytes - least));
    free(number);
    return good;
}

static bool is_blank(char c) {
    return c == '\0' || strchr(blanks, c) != NULL;
}

/* The next word "or"; NULL if there is none. */
static char *find_or(char *text) {
    for (char *at = text; *at != '\0'; at++)
        if (at > text && is_blank(at[-1]) && strncasecmp(at, "or", 2) == 0 && is_blank(at[2]))
            return at;
    return NULL;
}

static bool read_condition(cJSON *above, const char *condition) {
    char *copy = alloc_text(condition), *rest = copy;
    bool good = true;
    while (rest != NULL && good) {
        char * or = find_or(rest);
        if (or != NULL)
            * or = '\0';
        good = read_comparison(above, rest);
        rest = or != NULL ? or +2 : NULL;
    }
    free(copy);
    return good;
}

cJSON *memory_filter_option(const char *condition) {
    cJSON *option = alloc_checked(cJSON_CreateObject());
    cJSON_AddStringToObject(option, "filterId", MEMORY_FILTER);
    cJSON *above = cJSON_AddObjectToObject(option, "above");
    if (condition == NULL || condition[strspn(condition, blanks)] == '\0')
        cJSON_AddStringToObject(option, "problem",
                                "Above what? Give it a condition, such as heap > 64MB");
    else if (!read_condition(above, condition))
        cJSON_AddStringToObject(
            option, "problem",
            "Not understood: write heap, growth, line or allocation > SIZE, joined with 'or'");
    return option;
}
