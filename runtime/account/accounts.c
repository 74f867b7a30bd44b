/* SPDX-License-Identifier: MIT */
#include "accounts.h"

#include "books.h"
#include "list.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct account *first;

/* A child must not find it held by who is not there. */
static void hold(void) {
    pthread_mutex_lock(&lock);
}

static void let_go(void) {
    pthread_mutex_unlock(&lock);
}

static void prepare(void) {
    pthread_atfork(hold, let_go, let_go);
}

static struct account *find(const void *registry) {
    struct account *account = first;
    while (account != NULL && account->threads.registry != registry)
        account = account->next;
    return account;
}

bool accounts_add(struct account *account) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare);
    pthread_mutex_lock(&lock);
    bool alone = find(account->threads.registry) == NULL;
    if (alone)
        LIST_ADD(first, account);
    pthread_mutex_unlock(&lock);
    return alone;
}

void accounts_remove(struct account *account) {
    pthread_mutex_lock(&lock);
    struct account **at = &first;
    LIST_REMOVE(at, account);
    pthread_mutex_unlock(&lock);
}

struct account *accounts_find(const void *registry) {
    pthread_mutex_lock(&lock);
    struct account *account = find(registry);
    pthread_mutex_unlock(&lock);
    return account;
}
