/* SPDX-License-Identifier: MIT */
/* Figures that a program has scribbled over: those of a real program, with bytes of the input
   written into them, must give an export of each format and whatever else reads them. */
#define _GNU_SOURCE
#include "figures.h"
#include "calls.h"
#include "export.h"
#include "fuzz.h"
#include "manual.h"
#include "program.h"
#include "report_table.h"
#include "snapshot.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Where the input may write, each an interesting part of the figures. */
#define PART(member, bytes)                                                                        \
    { offsetof(struct figures, member), (bytes) }
static const struct {
    size_t offset, bytes;
} parts[] = {
    PART(magic, offsetof(struct figures, sources)),
    PART(sources, 16 * sizeof(struct figures_source)),
    PART(sites, 32 * sizeof(struct figures_site)),
    PART(text, 4096),
    PART(windows.epochs, offsetof(struct windows_epochs, row_of_cell)),
    PART(windows.epochs.row_of_cell, 1024),
    PART(windows.epochs.cell_of_row, 256),
    PART(windows.epochs.live, 4096),
    PART(windows.stop_epoch, 16),
    PART(windows.measurements, sizeof(struct measurement)),
    PART(windows.lines, 70 * sizeof(struct window_line)),
    PART(stacks, offsetof(struct stacks_figures, functions)),
    PART(stacks.functions, 64 * sizeof(struct stacks_function)),
    PART(stacks.nodes, 128 * sizeof(struct stacks_node)),
    PART(stacks.text, 1024),
    PART(timeline, 512),
};

enum { PARTS = sizeof parts / sizeof *parts };

static int original = -1; /* the real program's, in memory of its own */

static struct figures *map(int flags) {
    struct figures *figures =
        mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE, flags | MAP_NORESERVE, original, 0);
    assert(figures != MAP_FAILED);
    return figures;
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    original = memfd_create("figures", 0);
    assert(original >= 0 && ftruncate(original, sizeof(struct figures)) == 0);
    struct figures *figures = map(MAP_SHARED);
    program_measure(figures);
    assert(figures->magic == FIGURES_MAGIC && figures->stacks.node_count > 4);
    assert(figures->windows.line_count > 0 && figures->timeline.count > 0);
    munmap(figures, sizeof *figures);
    return 0;
}

/* ---- what the input writes: where (3 bytes), what (1), and for some of it the number itself ----
 */

static uint64_t number_of(uint8_t choice, const uint8_t *bytes) {
    static const uint64_t numbers[] = {0,
                                       1,
                                       2,
                                       0x7f,
                                       0xff,
                                       0xffff,
                                       INT32_MAX,
                                       UINT32_MAX - 1,
                                       UINT32_MAX,
                                       UINT64_C(1) << 53,
                                       INT64_MAX,
                                       (uint64_t)INT64_MAX + 1,
                                       UINT64_MAX - 1,
                                       UINT64_MAX};
    uint64_t number;
    if (choice < sizeof numbers / sizeof *numbers)
        return numbers[choice];
    memcpy(&number, bytes, sizeof number);
    return number;
}

enum { RECORD_BYTES = 12 };

static void scribble(struct figures *figures, const uint8_t *record) {
    size_t width = record[0] & 0x80 ? 8 : record[0] & 0x40 ? 1 : 4;
    size_t part = record[0] % PARTS;
    size_t offset = (record[1] | (size_t)record[2] << 8) * width % parts[part].bytes;
    uint64_t number = number_of(record[3] % 32, record + 4);
    if (offset + width <= parts[part].bytes)
        memcpy((char *)figures + parts[part].offset + offset, &number, width);
}

/* ---- who reads them ---- */

static void export_all(FILE *nowhere, const struct figures *figures) {
    const struct measured_settings settings = {.warmup = 1};
    for (const char *const *name = manual_export_formats; *name != NULL; name++) {
        const struct export_format *format = export_find(*name, strlen(*name));
        int error = export_write(format, nowhere, figures, &settings, NULL);
        assert(error == 0 || error == -ENOMEM);
    }
}

static void report(FILE *nowhere, const struct figures *figures, const struct lines *lines) {
    const struct screen screen = {.columns = 100};
    const struct report all = {
        .figures = figures, .lines = lines, .sort = COLUMN_GROWTH, .top = 20};
    assert(report_table(nowhere, &all, &screen) == 0);
    assert(report_json(nowhere, &all) == 0);
    assert(report_csv(nowhere, &all) == 0);
}

/* From one moment to another, both of the same scribbled figures. */
static void compare(const struct figures *figures) {
    struct lines lines;
    struct snapshot snapshot;
    struct ages ages;
    const uint32_t earlier[] = {0, 1, 2};
    assert(lines_read(&lines, figures) == 0);
    assert(snapshot_take(&snapshot, &lines) == 0);
    assert(snapshot_add_ages(&snapshot, figures, earlier, 3) == 0);
    assert(ages_read(&ages, figures, earlier, 3) == 0);
    snapshot_subtract(&snapshot, &ages, &lines);
    snapshot_finish(&snapshot);
    ages_finish(&ages);
    lines_finish(&lines);
}

static void read_calls(const struct figures *figures) {
    struct snapshot since = {0};
    struct sampled sampled;
    struct calls calls;
    assert(snapshot_add_calls(&since, figures) == 0);
    assert(sampled_read(&sampled, figures) == 0);
    assert(calls_read(&calls, &sampled, figures, &since, 20) == 0);
    calls_finish(&calls);
    sampled_finish(&sampled);
    snapshot_finish(&since);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct figures *figures = map(MAP_PRIVATE);
    FILE *nowhere = fopen("/dev/null", "w");
    struct lines lines;
    assert(nowhere != NULL);
    for (size_t at = 0; at + RECORD_BYTES <= size; at += RECORD_BYTES)
        scribble(figures, data + at);
    export_all(nowhere, figures);
    assert(lines_read(&lines, figures) == 0);
    lines_sort(&lines, figures, COLUMN_GROWTH);
    report(nowhere, figures, &lines);
    lines_finish(&lines);
    compare(figures);
    read_calls(figures);
    fclose(nowhere);
    munmap(figures, sizeof *figures);
    return 0;
}
