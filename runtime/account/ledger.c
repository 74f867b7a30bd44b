/* SPDX-License-Identifier: MIT */
#include "ledger.h"

#include "process.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 4096, FIRST_SLOTS = 256 };

static const char *const pseudo_names[FIGURES_PSEUDO_SITES] = {
    [FIGURES_STARTUP] = "=(startup)",           [FIGURES_C] = "=(C)",
    [FIGURES_STRING_TABLE] = "=(string table)", [FIGURES_DEBUGGER] = "=(debugger)",
    [FIGURES_OVERFLOW] = "=(too many lines)",   [FIGURES_BEFORE_ATTACH] = "=(before attach)",
};

/* Of one that is finished. */
static bool closed;

/* Until there is memory for more. */
static struct ledger_slot no_slots[1];

void ledger_init(struct ledger *ledger, struct figures *figures) {
    *ledger = (struct ledger){.figures = figures, .open = process_flag(), .slots = no_slots};
    *ledger->open = figures != NULL;
    if (figures == NULL)
        return;
    figures->text_bytes = 1; /* offset 0 is the empty string */
    for (uint32_t i = 0; i < FIGURES_PSEUDO_SITES; i++) {
        uint32_t source = ledger_source(ledger, pseudo_names[i], strlen(pseudo_names[i]), "");
        figures->sites[i] = (struct figures_site){.source = source};
    }
    atomic_store_explicit(&figures->site_count, FIGURES_PSEUDO_SITES, memory_order_release);
    figures->peaks = 1; /* a zeroed cell has not seen it: it held nothing */
    figures->magic = FIGURES_MAGIC;
}

void ledger_finish(struct ledger *ledger) {
    if (ledger->slots != no_slots)
        free(ledger->slots);
    ledger->slots = no_slots;
    ledger->mask = ledger->used = 0;
    if (ledger->open != &closed)
        process_give_back(ledger->open);
    ledger->open = &closed;
}

/* ---- sources ---- */

uint32_t ledger_text(struct figures *figures, const char *bytes, size_t size) {
    if (size == 0 || size >= FIGURES_MAX_TEXT - figures->text_bytes)
        return 0;
    uint32_t at = figures->text_bytes;
    memcpy(figures->text + at, bytes, size);
    figures->text[at + size] = '\0';
    figures->text_bytes += (uint32_t)size + 1;
    return at;
}

/* Of the room for code; false if it is taken. */
static bool take_code_room(struct ledger_room *code, size_t name_bytes) {
    if (code->sources == LEDGER_CODE_SOURCES || name_bytes >= LEDGER_CODE_TEXT - code->text)
        return false;
    code->sources++;
    code->text += (uint32_t)name_bytes + 1;
    return true;
}

static bool fits(const struct figures *figures, uint32_t index, size_t bytes) {
    return index < FIGURES_MAX_SOURCES && bytes < FIGURES_MAX_TEXT - figures->text_bytes;
}

uint32_t ledger_source(struct ledger *ledger, const char *name, size_t name_bytes,
                       const char *path) {
    struct figures *figures = ledger->figures;
    uint32_t index = atomic_load_explicit(&figures->source_count, memory_order_relaxed);
    size_t path_bytes = path != NULL ? strlen(path) : 0;
    if (name_bytes > NAME_BYTES)
        name_bytes = NAME_BYTES;
    if (!fits(figures, index, name_bytes + 1 + path_bytes) ||
        (path == NULL && !take_code_room(&ledger->code, name_bytes)))
        return FIGURES_OVERFLOW;
    struct figures_source *source = &figures->sources[index];
    source->name = ledger_text(figures, name, name_bytes);
    source->name_bytes = (uint32_t)name_bytes;
    source->path = ledger_text(figures, path != NULL ? path : "", path_bytes);
    atomic_store_explicit(&figures->source_count, index + 1, memory_order_release);
    return index;
}

/* ---- sites ---- */

static bool is_code(const struct figures *figures, uint32_t source) {
    return figures->sources[source].path == 0;
}

static uint32_t new_site(struct ledger *ledger, uint32_t source, uint32_t line) {
    struct figures *figures = ledger->figures;
    uint32_t index = atomic_load_explicit(&figures->site_count, memory_order_relaxed);
    bool code = is_code(figures, source);
    if (index == FIGURES_MAX_SITES || (code && ledger->code.sites == LEDGER_CODE_SITES))
        return FIGURES_OVERFLOW;
    ledger->code.sites += code;
    figures->sites[index].source = source;
    figures->sites[index].line = line;
    atomic_store_explicit(&figures->site_count, index + 1, memory_order_release);
    return index;
}

/* The multipliers are those of MurmurHash3. */
static uint32_t home(const struct ledger *ledger, uint32_t source, uint32_t line) {
    uint32_t mixed = (source * UINT32_C(0xcc9e2d51) + line) * UINT32_C(0x85ebca6b);
    return (mixed ^ mixed >> 15) & ledger->mask;
}

/* The line's slot, or the free one where it would go. */
static struct ledger_slot *find_slot(const struct ledger *ledger, uint32_t source, uint32_t line) {
    uint32_t at = home(ledger, source, line);
    struct ledger_slot *slot;
    while ((slot = &ledger->slots[at])->site != 0 && (slot->line != line || slot->source != source))
        at = (at + 1) & ledger->mask;
    return slot;
}

static bool make_slots(struct ledger *ledger) {
    uint32_t room = ledger->mask > 0 ? (ledger->mask + 1) * 2 : FIRST_SLOTS;
    struct ledger larger = {.mask = room - 1, .slots = calloc(room, sizeof *larger.slots)};
    if (larger.slots == NULL)
        return false;
    for (uint32_t i = 0; i <= ledger->mask; i++) {
        const struct ledger_slot *slot = &ledger->slots[i];
        if (slot->site != 0)
            *find_slot(&larger, slot->source, slot->line) = *slot;
    }
    if (ledger->slots != no_slots)
        free(ledger->slots);
    ledger->slots = larger.slots;
    ledger->mask = larger.mask;
    return true;
}

uint32_t ledger_site(struct ledger *ledger, uint32_t source, uint32_t line) {
    if (source == FIGURES_OVERFLOW)
        return FIGURES_OVERFLOW;
    struct ledger_slot *slot = find_slot(ledger, source, line);
    if (slot->site != 0)
        return slot->site;
    if (ledger->used * 2 >= ledger->mask && !make_slots(ledger))
        return FIGURES_OVERFLOW;
    uint32_t site = new_site(ledger, source, line);
    if (site != FIGURES_OVERFLOW) {
        *find_slot(ledger, source, line) = (struct ledger_slot){source, line, site};
        ledger->used++;
    }
    return site;
}

bool ledger_peak(struct ledger *ledger) {
    struct figures *figures = ledger->figures;
    uint64_t program = figures_program(figures);
    if (program <= figures->peak)
        return false;
    figures->peak = program;
    figures->peaks++;
    return true;
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
