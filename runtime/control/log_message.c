/* SPDX-License-Identifier: MIT */
#include "log_message.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

static const char no_memory[] = "not enough memory";

void log_message_finish(struct log_message *message) {
    for (size_t i = 0; i < message->count; i++)
        free(message->items[i].text);
    free(message->items);
    *message = (struct log_message){0};
}

/* The level of a long bracket that opens here ("[[" 0, "[=[" 1, ...); -1: none does. */
static int long_bracket(const char *at) {
    if (*at != '[')
        return -1;
    int level = (int)strspn(at + 1, "=");
    return at[1 + level] == '[' ? level : -1;
}

/* Behind the bracket's end; at the end of the text if there is none. */
static const char *skip_long_bracket(const char *at, int level) {
    for (at += level + 2; *at != '\0'; at++)
        if (*at == ']' && (int)strspn(at + 1, "=") == level && at[1 + level] == ']')
            return at + level + 2;
    return at;
}

static const char *skip_string(const char *at) {
    char quote = *at++;
    while (*at != '\0' && *at != quote)
        at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
    return *at != '\0' ? at + 1 : at;
}

static const char *skip_comment(const char *at) {
    at += 2;
    int level = long_bracket(at);
    return level >= 0 ? skip_long_bracket(at, level) : at + strcspn(at, "\n");
}

static const char *skip_token(const char *at) {
    int level = long_bracket(at);
    if (level >= 0)
        return skip_long_bracket(at, level);
    if (*at == '"' || *at == '\'')
        return skip_string(at);
    if (at[0] == '-' && at[1] == '-')
        return skip_comment(at);
    return at + 1;
}

/* The brace that closes the one before `at`; NULL if there is none. */
static const char *find_end(const char *at) {
    int depth = 0;
    while (*at != '\0') {
        if (*at == '}' && depth-- == 0)
            return at;
        if (*at == '{')
            depth++;
        at = skip_token(at);
    }
    return NULL;
}

/* Copies text up to an expression, without the backslashes that escape. */
static const char *copy_text(char *to, const char *at) {
    while (*at != '\0' && !(*at == '{' && at[1] != '}')) {
        if (*at == '\\' && at[1] != '\0' && strchr("{}\\", at[1]) != NULL)
            at++;
        else if (*at == '{')
            *to++ = *at++; /* of "{}" */
        *to++ = *at++;
    }
    *to = '\0';
    return at;
}

static struct log_piece *add(struct log_message *message, size_t bytes, bool is_code) {
    struct log_piece *piece = array_add(message);
    if (piece == NULL)
        return NULL;
    *piece = (struct log_piece){.text = calloc(1, bytes + 1), .is_code = is_code};
    if (piece->text == NULL)
        message->count--;
    return piece->text != NULL ? piece : NULL;
}

const char *log_message_parse(struct log_message *message, const char *text) {
    *message = (struct log_message){0};
    for (const char *at = text; *at != '\0';) {
        struct log_piece *piece;
        if (*at == '{' && at[1] != '}') {
            const char *end = find_end(at + 1);
            if (end == NULL)
                return "a '{' without its '}' (write \\{ for the character)";
            piece = add(message, (size_t)(end - at - 1), true);
            if (piece != NULL)
                memcpy(piece->text, at + 1, (size_t)(end - at - 1));
            at = end + 1;
        } else {
            piece = add(message, strlen(at), false);
            at = piece != NULL ? copy_text(piece->text, at) : at;
        }
        if (piece == NULL)
            return no_memory;
    }
    return NULL;
}
