/* SPDX-License-Identifier: MIT */
/* In the place of luaheat-lua: says to the adapter what the file $FUZZ_WORDS holds, and ends. */
#include "link.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    const char *file = getenv("FUZZ_WORDS"), *socket = getenv(LINK_ENV_SOCKET);
    if (file == NULL || socket == NULL)
        return 1;
    int from = open(file, O_RDONLY), to = atoi(socket);
    char bytes[4096];
    ssize_t count;
    while ((count = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)count) < 0)
            return 1;
    return 0;
}
