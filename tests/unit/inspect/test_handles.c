/* SPDX-License-Identifier: MIT */
#include "handles.h"

#include <criterion/criterion.h>

Test(handles, go_on_from_stop_to_stop) {
    struct handles handles;
    int number = 0, last = 0;
    for (int stop = 0; stop < 3; stop++) {
        handles_init(&handles, sizeof(int), last);
        for (int i = 0; i < 100; i++) {
            *(int *)handles_add(&handles, &number) = i;
            cr_assert_eq(number, stop * 100 + i + 1);
        }
        cr_assert_eq(*(int *)handles_get(&handles, stop * 100 + 7), 6);
        cr_assert_null(handles_get(&handles, 0));
        cr_assert_null(handles_get(&handles, -1));
        cr_assert_null(handles_get(&handles, number + 1));
        cr_assert_eq(handles_stale(&handles, 1), stop > 0);
        cr_assert_not(handles_stale(&handles, number + 1));
        last = handles_finish(&handles);
    }
    handles_init(&handles, sizeof(int), 1 << 29);
    cr_assert_not_null(handles_add(&handles, &number));
    cr_assert_eq(number, 1, "numbers stay small");
    handles_finish(&handles);
}
