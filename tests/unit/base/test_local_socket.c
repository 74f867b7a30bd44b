/* SPDX-License-Identifier: MIT */
#include "local_socket.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], path[80];
static struct local_socket_file file;

static void make(void) {
    snprintf(folder, sizeof folder, "/tmp/local-socket-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/s", folder);
}

static void take_away(void) {
    cr_assert_eq(rmdir(folder), 0, "something is left");
}

TestSuite(local_socket, .init = make, .fini = take_away, .timeout = 60);

static int listen_there(void) {
    int fd = local_socket_listen(path, 1, &file);
    cr_assert_geq(fd, 0, "%s", strerror(-fd));
    return fd;
}

static void end(int listening) {
    local_socket_remove(path, &file);
    close(listening);
}

Test(local_socket, is_this_users_alone_whatever_files_are_otherwise) {
    struct stat status;
    mode_t before = umask(0);
    int listening = listen_there();
    cr_assert_eq(umask(before), 0, "nobody else's files are made otherwise meanwhile");
    cr_assert_eq(lstat(path, &status), 0);
    cr_assert_eq(status.st_mode & 07777, 0600);
    end(listening);
}

static bool is_inherited(int fd) {
    return !(fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

static bool blocks(int fd) {
    return !(fcntl(fd, F_GETFL) & O_NONBLOCK);
}

Test(local_socket, connects_both_and_is_nobodys_to_inherit) {
    char byte = 'x';
    int listening = listen_there();
    cr_assert_eq(local_socket_accept(listening), -EAGAIN);
    int there = local_socket_connect(path), here = local_socket_accept(listening);
    cr_assert(there >= 0 && here >= 0);
    cr_assert_eq(write(there, &byte, 1), 1);
    cr_assert_eq(read(here, &byte, 1), 1);
    cr_assert_not(is_inherited(listening) || is_inherited(there) || is_inherited(here));
    cr_assert(blocks(there));
    close(there);
    close(here);
    end(listening);
}

Test(local_socket, may_be_connected_to_without_waiting) {
    int listening = listen_there(), fds[8], count = 0, fd;
    while (count < 8 && (fd = local_socket_connect_now(path)) >= 0)
        fds[count++] = fd;
    cr_assert_geq(count, 1);
    cr_assert_not(blocks(fds[0]));
    cr_assert_eq(fd, -EAGAIN);
    while (count-- > 0)
        close(fds[count]);
    end(listening);
}

Test(local_socket, one_that_listens_stays) {
    struct local_socket_file other;
    int listening = listen_there();
    cr_assert_not(local_socket_is_stale(path));
    cr_assert_eq(local_socket_listen(path, 1, &other), -EADDRINUSE);
    local_socket_remove(path, &other);
    cr_assert_eq(access(path, F_OK), 0, "it is not the other's");
    end(listening);
    cr_assert_neq(access(path, F_OK), 0);
}

Test(local_socket, one_that_nobody_listens_at_gives_way) {
    close(listen_there());
    cr_assert(local_socket_is_stale(path));
    cr_assert_eq(local_socket_connect(path), -ECONNREFUSED);
    struct local_socket_file old = file;
    int listening = listen_there();
    cr_assert_not(local_socket_is_stale(path));
    if (old.inode != file.inode) /* the number may be used again */
        local_socket_remove(path, &old);
    cr_assert_eq(access(path, F_OK), 0, "it is another one");
    end(listening);
}

Test(local_socket, what_is_no_socket_stays) {
    close(open(path, O_CREAT | O_WRONLY, 0600));
    cr_assert_not(local_socket_is_stale(path));
    cr_assert_eq(local_socket_listen(path, 1, &file), -EADDRINUSE);
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(symlink("/nowhere", path), 0);
    cr_assert_eq(local_socket_listen(path, 1, &file), -EADDRINUSE);
    cr_assert_eq(unlink(path), 0);
}

Test(local_socket, where_none_can_be_is_an_error) {
    char longest[300];
    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    cr_assert_not(local_socket_is_stale(path));
    cr_assert_eq(local_socket_connect(path), -ENOENT);
    cr_assert_eq(local_socket_connect(longest), -ENAMETOOLONG);
    cr_assert_eq(local_socket_listen(longest, 1, &file), -ENAMETOOLONG);
    cr_assert_eq(local_socket_listen("/no/such/folder", 1, &file), -ENOENT);
}

/* ---- what is seen can be connected to ---- */

enum { TIMES = 400 };

static atomic_bool over;

static void *listen_again_and_again(void *unused) {
    static int sockets[TIMES];
    for (int i = 0; i < TIMES; i++) {
        sockets[i] = listen_there();
        local_socket_remove(path, &file);
    }
    atomic_store(&over, true);
    for (int i = 0; i < TIMES; i++)
        close(sockets[i]);
    return unused;
}

/* How often it was there to be connected to. */
static int connect_meanwhile(void) {
    pthread_t listener;
    int met = 0;
    atomic_store(&over, false);
    cr_assert_eq(pthread_create(&listener, NULL, listen_again_and_again, NULL), 0);
    while (!atomic_load(&over)) {
        int fd = local_socket_connect_now(path);
        cr_assert(fd >= 0 || fd == -ENOENT || fd == -EAGAIN, "%s", strerror(-fd));
        met += fd >= 0;
        if (fd >= 0)
            close(fd);
    }
    pthread_join(listener, NULL);
    return met;
}

/* A socket that is there and refuses would be taken for one whose process has died. */
Test(local_socket, listens_once_its_file_is_there) {
    while (connect_meanwhile() == 0)
        ;
}
