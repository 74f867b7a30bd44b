/* SPDX-License-Identifier: MIT */
#include "hit_count.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_space(const char *at) {
    return at + strspn(at, " \t\n\v\f\r");
}

static enum hit_relation take_relation(const char **at) {
    /* Those that begin like another one come first. */
    static const struct {
        const char *text;
        enum hit_relation relation;
    } relations[] = {
        {"==", HIT_EQUAL}, {">=", HIT_AT_LEAST}, {"<=", HIT_AT_MOST},
        {">", HIT_MORE},   {"<", HIT_LESS},      {"%", HIT_MULTIPLE},
    };
    for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++) {
        size_t size = strlen(relations[i].text);
        if (strncmp(*at, relations[i].text, size) == 0) {
            *at += size;
            return relations[i].relation;
        }
    }
    return HIT_EQUAL;
}

bool hit_count_parse(struct hit_count *hit_count, const char *text) {
    *hit_count = (struct hit_count){HIT_ANY, 0};
    const char *at = skip_space(text != NULL ? text : "");
    if (*at == '\0')
        return true;
    hit_count->relation = take_relation(&at);
    at = skip_space(at);
    if (*at < '0' || *at > '9')
        return false;
    char *end;
    errno = 0;
    hit_count->number = strtoull(at, &end, 10);
    bool useful = hit_count->number > 0 || hit_count->relation != HIT_MULTIPLE;
    return errno == 0 && *skip_space(end) == '\0' && useful;
}

bool hit_count_holds(const struct hit_count *hit_count, uint64_t hits) {
    switch (hit_count->relation) {
    case HIT_EQUAL:
        return hits == hit_count->number;
    case HIT_MORE:
        return hits > hit_count->number;
    case HIT_AT_LEAST:
        return hits >= hit_count->number;
    case HIT_LESS:
        return hits < hit_count->number;
    case HIT_AT_MOST:
        return hits <= hit_count->number;
    case HIT_MULTIPLE:
        return hits % hit_count->number == 0;
    case HIT_ANY:
        break;
    }
    return true;
}
