/* SPDX-License-Identifier: MIT */
/*
 * html: the parts of the page, and what they are made of.
 */
#ifndef LUAHEAT_ADAPTER_HTML_H
#define LUAHEAT_ADAPTER_HTML_H

#include "export.h"

#include <stddef.h>
#include <stdint.h>

/* Whatever bytes they are: as an element's text, or as an attribute's value between quotes. 0 or
   -ENOMEM. */
int html_text(FILE *file, const char *bytes, size_t size);

/* "12,345"; and as a cell of a table. */
void html_number(FILE *file, int64_t number);
void html_number_cell(FILE *file, int64_t number);

/* Of columns, as the heads of a table; and what a row has of them, as cells. */
void html_titles(FILE *file, enum columns_use use);
void html_figures(FILE *file, enum columns_use use, const struct lines_row *row);

/* Parts of the page. 0 or -ENOMEM. */
int html_flame(FILE *file, const struct sampled *sampled, enum sampled_figure figure);
int html_sources(FILE *file, const struct export *export);
int html_findings(FILE *file, const struct export *export); /* a sentence for each measurement */
int html_measured(FILE *file, const struct export *export); /* all of each */
int html_why(FILE *file, const struct why *why);
int html_largest(FILE *file, const struct largest *largest);

/* A cell of a table: where the row is, linked to its source if that is on the page. 0 or -ENOMEM.
 */
int html_place_cell(FILE *file, const struct export *export, const struct lines_row *row);

/* What a row's source is called in full; an anchor of the page is made of its index and the line.
   The caller's to free(); NULL if memory is out. */
char *html_place(const struct export *export, const struct lines_row *row);

#endif
