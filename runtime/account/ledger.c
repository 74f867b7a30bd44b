/* SPDX-License-Identifier: MIT */
#include "ledger.h"

#include "process.h"

#include <assert.h>
#include <string.h>

enum { NAME_BYTES = 4096 };

static const char *const pseudo_names[FIGURES_PSEUDO_SITES] = {
    [FIGURES_STARTUP] = "=(startup)",           [FIGURES_C] = "=(C)",
    [FIGURES_STRING_TABLE] = "=(string table)", [FIGURES_DEBUGGER] = "=(debugger)",
    [FIGURES_OVERFLOW] = "=(too many lines)",
};

void ledger_init(struct ledger *ledger, struct figures *figures) {
    *ledger = (struct ledger){.figures = figures, .open = process_flag()};
    *ledger->open = figures != NULL;
    if (figures == NULL)
        return;
    figures->text_bytes = 1; /* offset 0 is the empty string */
    for (uint32_t i = 0; i < FIGURES_PSEUDO_SITES; i++) {
        uint32_t source = ledger_source(ledger, pseudo_names[i], strlen(pseudo_names[i]), NULL);
        uint32_t site = ledger_site(ledger, source, 0);
        assert(site == i);
        (void)site;
    }
    figures->peaks = 1; /* a zeroed cell has not seen it: it held nothing */
    figures->magic = FIGURES_MAGIC;
}

/* Copies bytes and a NUL behind the text so far. Its offset; 0 if there is no room. */
static uint32_t write_text(struct figures *figures, const char *bytes, size_t size) {
    if (size >= FIGURES_MAX_TEXT - figures->text_bytes)
        return 0;
    uint32_t at = figures->text_bytes;
    memcpy(figures->text + at, bytes, size);
    figures->text[at + size] = '\0';
    figures->text_bytes += (uint32_t)size + 1;
    return at;
}

uint32_t ledger_source(struct ledger *ledger, const char *name, size_t name_bytes,
                       const char *path) {
    struct figures *figures = ledger->figures;
    uint32_t index = atomic_load_explicit(&figures->source_count, memory_order_relaxed);
    if (name_bytes > NAME_BYTES)
        name_bytes = NAME_BYTES;
    uint32_t at = index < FIGURES_MAX_SOURCES ? write_text(figures, name, name_bytes) : 0;
    if (at == 0)
        return FIGURES_OVERFLOW;
    struct figures_source *source = &figures->sources[index];
    source->name = at;
    source->name_bytes = (uint32_t)name_bytes;
    source->path = path != NULL ? write_text(figures, path, strlen(path)) : 0;
    atomic_store_explicit(&figures->source_count, index + 1, memory_order_release);
    return index;
}

uint32_t ledger_site(struct ledger *ledger, uint32_t source, uint32_t line) {
    struct figures *figures = ledger->figures;
    uint32_t index = atomic_load_explicit(&figures->site_count, memory_order_relaxed);
    bool pseudo = index < FIGURES_PSEUDO_SITES;
    if (index == FIGURES_MAX_SITES || (source == FIGURES_OVERFLOW && !pseudo))
        return FIGURES_OVERFLOW;
    figures->sites[index].source = source;
    figures->sites[index].line = line;
    atomic_store_explicit(&figures->site_count, index + 1, memory_order_release);
    return index;
}

void ledger_correct(struct ledger *ledger, struct figures_cell *wrong, struct figures_cell *right,
                    uint64_t size, bool was_peak) {
    wrong->allocations--;
    wrong->allocated -= size;
    right->allocations++;
    right->allocated += size;
    if (was_peak && right != wrong && right->peak_seen == ledger->figures->peaks)
        right->at_peak += size;
}
