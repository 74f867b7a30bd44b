/* SPDX-License-Identifier: MIT */
#include "loop_handles.h"

static void tell_if_closed(struct loop_handles *handles) {
    if (handles->closing == 0 && handles->on_closed != NULL)
        handles->on_closed(handles->owner);
}

static void on_closed(uv_handle_t *handle) {
    struct loop_handles *handles = handle->data;
    handles->closing--;
    tell_if_closed(handles);
}

void loop_handles_close(struct loop_handles *handles, void *of_any_kind) {
    uv_handle_t *handle = of_any_kind;
    if (handle->loop == NULL || uv_is_closing(handle))
        return;
    handle->data = handles;
    handles->closing++;
    uv_close(handle, on_closed);
}

void loop_handles_release(struct loop_handles *handles, void (*function)(void *owner),
                          void *owner) {
    handles->on_closed = function;
    handles->owner = owner;
    tell_if_closed(handles);
}
