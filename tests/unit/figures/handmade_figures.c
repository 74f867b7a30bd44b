/* SPDX-License-Identifier: MIT */
#include "handmade_figures.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

struct figures *handmade_create(void) {
    static const char *const names[FIGURES_PSEUDO_SITES] = {
        "=(startup)",      "=(C)", "=(string table)", "=(debugger)", "=(too many lines)",
        "=(before attach)"};
    struct figures *figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(figures, MAP_FAILED);
    figures->text_bytes = 1;
    figures->peaks = 1;
    for (int i = 0; i < FIGURES_PSEUDO_SITES; i++)
        handmade_site(figures, handmade_source(figures, names[i], strlen(names[i]), NULL), 0);
    figures->magic = FIGURES_MAGIC;
    return figures;
}

void handmade_destroy(struct figures *figures) {
    munmap(figures, sizeof *figures);
}

static uint32_t write_text(struct figures *figures, const char *text, size_t size) {
    uint32_t at = figures->text_bytes;
    memcpy(figures->text + at, text, size);
    figures->text_bytes += (uint32_t)size + 1;
    return at;
}

uint32_t handmade_source(struct figures *figures, const char *name, size_t name_bytes,
                         const char *path) {
    uint32_t index = figures->source_count;
    figures->sources[index].name = write_text(figures, name, name_bytes);
    figures->sources[index].name_bytes = (uint32_t)name_bytes;
    if (path != NULL)
        figures->sources[index].path = write_text(figures, path, strlen(path));
    figures->source_count = index + 1;
    return index;
}

uint32_t handmade_file(struct figures *figures, const char *path) {
    char name[4096];
    snprintf(name, sizeof name, "@%s", path);
    return handmade_source(figures, name, strlen(name), path);
}

uint32_t handmade_site(struct figures *figures, uint32_t source, uint32_t line) {
    uint32_t index = figures->site_count;
    figures->sites[index].source = source;
    figures->sites[index].line = line;
    figures->site_count = index + 1;
    return index;
}

void handmade_allocate(struct figures *figures, uint32_t site, enum figures_kind kind,
                       uint64_t bytes) {
    figures->sites[site].cells[kind].allocations++;
    figures->sites[site].cells[kind].allocated += bytes;
    figures->live += bytes;
}

void handmade_free(struct figures *figures, uint32_t site, enum figures_kind kind, uint64_t bytes) {
    figures->sites[site].cells[kind].freed += bytes;
    figures->live -= bytes;
}
