/* SPDX-License-Identifier: MIT */
#include "address.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

/* One of a name is at most so long. */
enum { HOST_BYTES = 256 };

/* ---- paths ---- */

static int read_path(struct address *address, const char *path, char *complaint) {
    struct sockaddr_un *name = (struct sockaddr_un *)&address->name;
    size_t length = strlen(path);
    if (length >= sizeof name->sun_path)
        return complain(complaint,
                        "--listen: a path of a Unix socket has at most %zu bytes, not %zu",
                        sizeof name->sun_path - 1, length);
    name->sun_family = AF_UNIX;
    memcpy(name->sun_path, path, length + 1);
    address->size = sizeof *name;
    address->reach = ADDRESS_UNIX;
    return 0;
}

const char *address_path(const struct address *address) {
    return address->name.ss_family == AF_UNIX
               ? ((const struct sockaddr_un *)&address->name)->sun_path
               : NULL;
}

/* ---- hosts and ports ---- */

static bool is_port(const char *text) {
    return strspn(text, "0123456789") == strlen(text) && text[0] != '\0' && strlen(text) <= 5 &&
           atoi(text) <= 65535;
}

static bool is_loopback(const struct address *address) {
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)&address->name)->sin6_addr;
    if (address->name.ss_family == AF_INET) {
        in_addr_t v4 = ((const struct sockaddr_in *)&address->name)->sin_addr.s_addr;
        return ntohl(v4) >> 24 == IN_LOOPBACKNET;
    }
    return IN6_IS_ADDR_LOOPBACK(v6) || (IN6_IS_ADDR_V4MAPPED(v6) && v6->s6_addr[12] == 127);
}

/* Of a name's addresses the first of IPv4: what clients try that know the name only. */
static int resolve(struct address *address, const char *host, const char *port, char *complaint) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *all = NULL;
    int error = getaddrinfo(host, port, &hints, &all);
    if (error != 0)
        return complain(complaint, "--listen: no address of '%.200s': %s", host,
                        gai_strerror(error));
    assert(all != NULL);
    const struct addrinfo *chosen = all;
    while (chosen != NULL && chosen->ai_family != AF_INET)
        chosen = chosen->ai_next;
    if (chosen == NULL)
        chosen = all;
    memcpy(&address->name, chosen->ai_addr, chosen->ai_addrlen);
    address->size = chosen->ai_addrlen;
    freeaddrinfo(all);
    address->reach = is_loopback(address) ? ADDRESS_LOOPBACK : ADDRESS_BEYOND;
    return 0;
}

/* The host of HOST:PORT or [v6]:PORT; false: it is none. */
static bool split(const char *text, const char *colon, char host[HOST_BYTES]) {
    size_t size = (size_t)(colon - text);
    bool bracketed = size >= 2 && text[0] == '[' && text[size - 1] == ']';
    if (bracketed) {
        text++;
        size -= 2;
    }
    if (size == 0 || size >= HOST_BYTES || (!bracketed && memchr(text, ':', size) != NULL))
        return false;
    memcpy(host, text, size);
    host[size] = '\0';
    return true;
}

int address_parse(struct address *address, const char *text, char complaint[COMPLAINT_BYTES]) {
    char host[HOST_BYTES];
    const char *colon = strrchr(text, ':');
    *address = (struct address){0};
    if (strchr(text, '/') != NULL)
        return read_path(address, text, complaint);
    if (colon == NULL && is_port(text))
        return resolve(address, "127.0.0.1", text, complaint);
    if (colon != NULL && is_port(colon + 1) && split(text, colon, host))
        return resolve(address, host, colon + 1, complaint);
    return complain(complaint,
                    "--listen takes PORT, HOST:PORT, [v6]:PORT or a path with a slash in it, not "
                    "'%.200s'",
                    text);
}

unsigned address_port(const struct address *address) {
    if (address->name.ss_family == AF_INET)
        return ntohs(((const struct sockaddr_in *)&address->name)->sin_port);
    if (address->name.ss_family == AF_INET6)
        return ntohs(((const struct sockaddr_in6 *)&address->name)->sin6_port);
    return 0;
}

void address_print(const struct address *address, char text[ADDRESS_TEXT_BYTES]) {
    char host[ADDRESS_TEXT_BYTES - 16] = "?";
    const char *path = address_path(address);
    if (path != NULL) {
        snprintf(text, ADDRESS_TEXT_BYTES, "%s", path);
        return;
    }
    getnameinfo((const struct sockaddr *)&address->name, address->size, host, sizeof host, NULL, 0,
                NI_NUMERICHOST);
    snprintf(text, ADDRESS_TEXT_BYTES, strchr(host, ':') != NULL ? "[%s]:%u" : "%s:%u", host,
             address_port(address));
}
