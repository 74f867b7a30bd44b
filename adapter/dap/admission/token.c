/* SPDX-License-Identifier: MIT */
#include "token.h"

#include "alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int check_file(int fd, const char *path, char *complaint) {
    struct stat status;
    if (fstat(fd, &status) != 0)
        return complain(complaint, "cannot read the token in %.200s: %s", path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return complain(complaint, "the token in %.200s: that is no file", path);
    if (status.st_uid != geteuid() && status.st_uid != 0)
        return complain(complaint, "the token in %.200s: the file is another user's", path);
    if (status.st_mode & (S_IRWXG | S_IRWXO))
        return complain(complaint,
                        "the token in %.200s: others may open the file (mode %03o), so it is no "
                        "secret; write a new one after chmod 600",
                        path, (unsigned)status.st_mode & 0777);
    return 0;
}

/* A token can stand in a header line and in JSON as it is: it has neither blanks nor control
   characters. */
static int check_text(const struct token *token, const char *path, char *complaint) {
    static const char advice[] = "make one: (umask 077; head -c 24 /dev/urandom | base64 > FILE)";
    if (token->size < TOKEN_LEAST)
        return complain(complaint, "the token in %.200s has less than %d characters; %s", path,
                        TOKEN_LEAST, advice);
    if (token->size > TOKEN_MOST)
        return complain(complaint, "the token in %.200s has more than %d characters; %s", path,
                        TOKEN_MOST, advice);
    for (size_t i = 0; i < token->size; i++)
        if (token->text[i] <= ' ' || token->text[i] > '~')
            return complain(complaint, "the token in %.200s holds a blank or what is no ASCII; %s",
                            path, advice);
    return 0;
}

static int read_text(struct token *token, int fd, const char *path, char *complaint) {
    size_t used = 0, room = TOKEN_MOST + 2;
    token->text = alloc_zeroed(room + 1, 1);
    for (ssize_t count = 1; count > 0 && used<room; used += count> 0 ? (size_t)count : 0)
        if ((count = read(fd, token->text + used, room - used)) < 0)
            return complain(complaint, "cannot read the token in %.200s: %s", path,
                            strerror(errno));
    token->size = strcspn(token->text, "\r\n");
    token->text[token->size] = '\0';
    return check_text(token, path, complaint);
}

int token_read(struct token *token, const char *path, char complaint[COMPLAINT_BYTES]) {
    *token = (struct token){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return complain(complaint, "cannot read the token in %.200s: %s", path, strerror(errno));
    int status = check_file(fd, path, complaint);
    if (status == 0)
        status = read_text(token, fd, path, complaint);
    close(fd);
    if (status != 0)
        token_finish(token);
    return status;
}

bool token_matches(const struct token *token, const char *given) {
    size_t size = strlen(given);
    volatile size_t difference = token->size ^ size;
    for (size_t i = 0; i < size; i++)
        difference |= (size_t)(unsigned char)(token->text[i % token->size] ^ given[i]);
    return difference == 0;
}

void token_finish(struct token *token) {
    free(token->text);
    *token = (struct token){0};
}
