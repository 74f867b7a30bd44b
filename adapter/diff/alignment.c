/* SPDX-License-Identifier: MIT */
#include "alignment.h"

#include "numbered_lines.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH = 100,     /* that ranges within ranges are looked into */
    CELLS = 4 << 20, /* of a table for a longest common subsequence */
    BEFORE = 0,
    AFTER = 1
};

struct side {
    struct numbered_lines of;
    size_t *uses;     /* by text: how often in the range that is looked at */
    size_t *position; /* by text: where, if once */
};

struct alignment {
    struct side sides[2];
    size_t *partners;
    int error;
};

/* Both ends are exclusive. */
struct range {
    size_t start[2], end[2];
};

static void *array(size_t count) {
    return calloc(count > 0 ? count : 1, sizeof(size_t));
}

static bool side_init(struct side *side, size_t texts) {
    side->uses = array(texts);
    side->position = array(texts);
    return side->uses != NULL && side->position != NULL;
}

static void side_finish(struct side *side) {
    numbered_lines_finish(&side->of);
    free(side->uses);
    free(side->position);
}

/* ---- matching ---- */

static bool equal(const struct alignment *alignment, size_t before, size_t after) {
    return alignment->sides[BEFORE].of.texts[before] == alignment->sides[AFTER].of.texts[after];
}

static void match(struct alignment *alignment, size_t before, size_t after) {
    alignment->partners[alignment->sides[BEFORE].of.lines[before]] =
        alignment->sides[AFTER].of.lines[after];
}

static bool empty(const struct range *range) {
    return range->start[BEFORE] == range->end[BEFORE] || range->start[AFTER] == range->end[AFTER];
}

static void match_ends(struct alignment *alignment, struct range *range) {
    while (!empty(range) && equal(alignment, range->start[BEFORE], range->start[AFTER]))
        match(alignment, range->start[BEFORE]++, range->start[AFTER]++);
    while (!empty(range) && equal(alignment, range->end[BEFORE] - 1, range->end[AFTER] - 1))
        match(alignment, --range->end[BEFORE], --range->end[AFTER]);
}

static void count_texts(struct side *side, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) {
        side->uses[side->of.texts[i]]++;
        side->position[side->of.texts[i]] = i;
    }
}

static void forget_texts(struct side *side, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        side->uses[side->of.texts[i]] = 0;
}

/* ---- anchors: the longest run of unique lines in the same order on both sides ---- */

struct anchor {
    size_t at[2];
    size_t before; /* index + 1 of the anchor in front of it in the longest run that ends here */
};

static size_t find_unique(struct alignment *alignment, const struct range *range,
                          struct anchor *anchors) {
    struct side *before = &alignment->sides[BEFORE], *after = &alignment->sides[AFTER];
    size_t count = 0;
    count_texts(before, range->start[BEFORE], range->end[BEFORE]);
    count_texts(after, range->start[AFTER], range->end[AFTER]);
    for (size_t i = range->start[BEFORE]; i < range->end[BEFORE]; i++) {
        size_t text = before->of.texts[i];
        if (before->uses[text] == 1 && after->uses[text] == 1)
            anchors[count++] = (struct anchor){.at = {i, after->position[text]}};
    }
    forget_texts(before, range->start[BEFORE], range->end[BEFORE]);
    forget_texts(after, range->start[AFTER], range->end[AFTER]);
    return count;
}

/* piles[n]: of the runs of n + 1 anchors seen so far, the last anchor that lies first. */
static size_t find_pile(const struct anchor *anchors, const size_t *piles, size_t count,
                        size_t after) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (anchors[piles[middle]].at[AFTER] < after)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Moves the anchors of the longest increasing run to the front; how many they are. */
static size_t keep_longest_run(struct anchor *anchors, size_t count, size_t *piles) {
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t pile = find_pile(anchors, piles, length, anchors[i].at[AFTER]);
        anchors[i].before = pile > 0 ? piles[pile - 1] + 1 : 0;
        piles[pile] = i;
        if (pile == length)
            length++;
    }
    size_t at = length > 0 ? piles[length - 1] + 1 : 0;
    for (size_t i = length; i > 0; i--, at = anchors[at - 1].before)
        piles[i - 1] = at - 1;
    for (size_t i = 0; i < length; i++)
        anchors[i] = anchors[piles[i]];
    return length;
}

/* NULL if there are none; then memory may be out. */
static struct anchor *find_anchors(struct alignment *alignment, const struct range *range,
                                   size_t *count) {
    size_t most = range->end[BEFORE] - range->start[BEFORE];
    struct anchor *anchors = calloc(most, sizeof *anchors);
    size_t *piles = array(most);
    *count = 0;
    if (anchors != NULL && piles != NULL)
        *count = keep_longest_run(anchors, find_unique(alignment, range, anchors), piles);
    else
        alignment->error = -ENOMEM;
    free(piles);
    return anchors;
}

/* ---- the longest common subsequence of a range without anchors ---- */

static uint32_t *fill_table(const struct alignment *alignment, const struct range *range,
                            size_t rows, size_t columns) {
    uint32_t *table = calloc((rows + 1) * (columns + 1), sizeof *table);
    for (size_t i = rows; table != NULL && i-- > 0;)
        for (size_t j = columns; j-- > 0;) {
            uint32_t *here = table + i * (columns + 1) + j, *below = here + columns + 1;
            if (equal(alignment, range->start[BEFORE] + i, range->start[AFTER] + j))
                *here = below[1] + 1;
            else
                *here = below[0] > here[1] ? below[0] : here[1];
        }
    return table;
}

static void match_subsequence(struct alignment *alignment, const struct range *range) {
    size_t rows = range->end[BEFORE] - range->start[BEFORE];
    size_t columns = range->end[AFTER] - range->start[AFTER];
    if (rows > CELLS / columns)
        return;
    uint32_t *table = fill_table(alignment, range, rows, columns);
    if (table == NULL)
        alignment->error = -ENOMEM;
    for (size_t i = 0, j = 0; table != NULL && i < rows && j < columns;) {
        const uint32_t *here = table + i * (columns + 1) + j, *below = here + columns + 1;
        if (equal(alignment, range->start[BEFORE] + i, range->start[AFTER] + j))
            match(alignment, range->start[BEFORE] + i++, range->start[AFTER] + j++);
        else if (below[0] >= here[1])
            i++;
        else
            j++;
    }
    free(table);
}

/* ---- all of it ---- */

static void match_range(struct alignment *alignment, struct range range, int depth);

static void match_between(struct alignment *alignment, struct range range,
                          const struct anchor *anchors, size_t count, int depth) {
    struct range gap = {.start = {range.start[BEFORE], range.start[AFTER]}};
    for (size_t i = 0; i < count; i++) {
        match(alignment, anchors[i].at[BEFORE], anchors[i].at[AFTER]);
        for (int side = BEFORE; side <= AFTER; side++)
            gap.end[side] = anchors[i].at[side];
        match_range(alignment, gap, depth);
        for (int side = BEFORE; side <= AFTER; side++)
            gap.start[side] = anchors[i].at[side] + 1;
    }
    gap.end[BEFORE] = range.end[BEFORE];
    gap.end[AFTER] = range.end[AFTER];
    match_range(alignment, gap, depth);
}

static void match_range(struct alignment *alignment, struct range range, int depth) {
    match_ends(alignment, &range);
    if (empty(&range) || depth == DEPTH)
        return;
    size_t count;
    struct anchor *anchors = find_anchors(alignment, &range, &count);
    if (count > 0)
        match_between(alignment, range, anchors, count, depth + 1);
    else
        match_subsequence(alignment, &range);
    free(anchors);
}

/* Anchors that had to give way: they stand elsewhere now. */
static void match_moved(struct alignment *alignment, const struct range *all) {
    struct side *before = &alignment->sides[BEFORE], *after = &alignment->sides[AFTER];
    count_texts(before, all->start[BEFORE], all->end[BEFORE]);
    count_texts(after, all->start[AFTER], all->end[AFTER]);
    for (size_t i = 0; i < before->of.count; i++) {
        size_t text = before->of.texts[i];
        if (before->uses[text] == 1 && after->uses[text] == 1)
            match(alignment, i, after->position[text]);
    }
}

static bool *find_taken(const struct recorded_file *before, const struct recorded_file *after,
                        const size_t *partners) {
    bool *taken = calloc(after->count + 1, sizeof *taken);
    for (size_t i = 0; taken != NULL && i < before->count; i++)
        if (partners[i] != ALIGNMENT_NONE)
            taken[partners[i]] = true;
    return taken;
}

static bool same_number(const struct recorded_line *a, const struct recorded_line *b) {
    return a->line == b->line && (a->text == NULL || b->text == NULL);
}

/* Both files' lines are in ascending order. */
static int match_numbers(const struct recorded_file *before, const struct recorded_file *after,
                         size_t *partners) {
    bool *taken = find_taken(before, after, partners);
    if (taken == NULL)
        return -ENOMEM;
    for (size_t i = 0, at = 0; i < before->count; i++) {
        while (at < after->count && after->lines[at].line < before->lines[i].line)
            at++;
        if (at < after->count && !taken[at] && partners[i] == ALIGNMENT_NONE &&
            same_number(&before->lines[i], &after->lines[at]))
            partners[i] = at;
    }
    free(taken);
    return 0;
}

/* The range of all lines that have text. */
static void match_texts(struct alignment *alignment) {
    const struct range all = {
        .end = {alignment->sides[BEFORE].of.count, alignment->sides[AFTER].of.count}};
    match_range(alignment, all, 0);
    match_moved(alignment, &all);
}

static int alignment_init(struct alignment *alignment, const struct recorded_file *before,
                          const struct recorded_file *after) {
    struct side *sides = alignment->sides;
    size_t texts;
    int error = numbered_lines_read(&sides[BEFORE].of, before, &sides[AFTER].of, after, &texts);
    if (error != 0)
        return error;
    bool room = side_init(&sides[BEFORE], texts);
    return side_init(&sides[AFTER], texts) && room ? 0 : -ENOMEM;
}

int alignment_find(const struct recorded_file *before, const struct recorded_file *after,
                   size_t *partners) {
    struct alignment alignment = {.partners = partners};
    for (size_t i = 0; i < before->count; i++)
        partners[i] = ALIGNMENT_NONE;
    alignment.error = alignment_init(&alignment, before, after);
    if (alignment.error == 0)
        match_texts(&alignment);
    side_finish(&alignment.sides[BEFORE]);
    side_finish(&alignment.sides[AFTER]);
    return alignment.error != 0 ? alignment.error : match_numbers(before, after, partners);
}
