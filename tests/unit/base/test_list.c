/* SPDX-License-Identifier: MIT */
#include "list.h"

#include <criterion/criterion.h>

struct item {
    struct item *next;
};

static struct item a, b, c, *first;

static void fill(void) {
    LIST_ADD(first, &a);
    LIST_ADD(first, &b);
    LIST_ADD(first, &c);
}

TestSuite(list, .init = fill);

static void remove_item(const struct item *item) {
    struct item **at = &first;
    LIST_REMOVE(at, item);
}

Test(list, has_what_was_added_last_first) {
    cr_assert(first == &c && c.next == &b && b.next == &a && a.next == NULL);
}

Test(list, goes_on_without_one_wherever_that_was) {
    remove_item(&b);
    cr_assert(first == &c && c.next == &a);
    remove_item(&c);
    cr_assert(first == &a);
    remove_item(&a);
    cr_assert_null(first);
}

Test(list, stays_as_it_is_without_one_that_is_not_there) {
    remove_item(&a);
    remove_item(&a);
    cr_assert(first == &c && c.next == &b && b.next == NULL);
}
