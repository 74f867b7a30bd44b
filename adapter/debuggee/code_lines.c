/* SPDX-License-Identifier: MIT */
#include "code_lines.h"

#include "debuggee.h"
#include "link.h"

#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Starts the interpreter with its standard output in the pipe. 0 or a negative errno. */
static int spawn(const struct interpreter *interpreter, const char *path, int output,
                 pid_t *process) {
    const char *arguments[INTERPRETER_WORDS + 3];
    size_t count = interpreter_words(interpreter, arguments);
    arguments[count++] = LINK_CODE_LINES;
    arguments[count++] = path;
    arguments[count] = NULL;
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return -error;
    error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawn(process, interpreter->path, &actions, NULL, (char **)arguments,
                            debuggee_own_environment());
    posix_spawn_file_actions_destroy(&actions);
    return -error;
}

/* All of it as text, the caller's to free(); NULL if memory is out. */
static char *read_all(int fd) {
    char *text = NULL, block[4096];
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    ssize_t count;
    while (memory != NULL && (count = read(fd, block, sizeof block)) > 0)
        fwrite(block, 1, (size_t)count, memory);
    if (memory == NULL || fclose(memory) == 0)
        return text;
    free(text);
    return NULL;
}

static bool succeeded(pid_t process) {
    int status;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* What the interpreter says: *text, the caller's, and whether it is an answer or a problem. */
static int ask(const struct interpreter *interpreter, const char *path, char **text,
               bool *answered) {
    uv_file ends[2];
    pid_t process = -1;
    int error = uv_pipe(ends, 0, 0);
    if (error != 0)
        return error;
    error = spawn(interpreter, path, ends[1], &process);
    close(ends[1]);
    if (error == 0) {
        *text = read_all(ends[0]);
        *answered = succeeded(process);
    }
    close(ends[0]);
    return error != 0 ? error : *text != NULL ? 0 : -ENOMEM;
}

static size_t count_lines(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

static int parse(struct code_lines *code, const char *text) {
    code->lines = calloc(count_lines(text) + 1, sizeof *code->lines);
    if (code->lines == NULL)
        return -ENOMEM;
    char *end;
    for (; *text != '\0'; text = *end == '\n' ? end + 1 : end) {
        unsigned long line = strtoul(text, &end, 10);
        if (end == text)
            return -EPROTO;
        code->lines[code->count++] = (uint32_t)line;
    }
    return 0;
}

int code_lines_read(struct code_lines *code, const struct interpreter *interpreter,
                    const char *path) {
    char *text = NULL;
    bool answered = false;
    *code = (struct code_lines){0};
    int error = ask(interpreter, path, &text, &answered);
    if (error != 0 || text == NULL)
        return error;
    if (answered) {
        error = parse(code, text);
        free(text);
        return error;
    }
    text[strcspn(text, "\n")] = '\0';
    code->problem = text;
    return 0;
}

void code_lines_finish(struct code_lines *code) {
    free(code->lines);
    free(code->problem);
    *code = (struct code_lines){0};
}

uint32_t code_lines_at(const struct code_lines *code, uint32_t line) {
    for (size_t i = 0; i < code->count; i++)
        if (code->lines[i] >= line)
            return code->lines[i];
    return 0;
}
