#define _GNU_SOURCE
#include <stdlib.h>
#include <wctype.h>

#include "Internal.h"

// Where libedit has put the line on the screen. It has no call for that, and moves the cursor relative to where it believes
// it is: whoever wants to write under the line, or to draw it anew, has to know the row.

typedef struct {
    int row, column, columns;
} place;

static void advance(place *at, wchar_t character) {
    int width;
    if (character == L'\t') {
        width = 8 - at->column % 8;
    } else if (character < 0x100 && iswcntrl((wint_t)character)) {
        width = 2;  // ^A
    } else if (iswprint((wint_t)character)) {
        width = wcwidth(character);
        if (width > 1 && at->column + width > at->columns) {
            at->row++;
            at->column = 0;
        }
    } else {
        width = character > 0xFFFF ? 8 : 7;  // \U+1F600
    }
    at->column += width;
    while (at->column >= at->columns) {
        at->row++;
        at->column -= at->columns;
    }
}

/// Where the cursor is, and where the line ends, counted from the prompt's first row, at a width.
static void measure(int columns, place *cursor, place *end) {
    place at = {0, 0, columns};
    for (const wchar_t *p = editor_prompt(); *p; p++) {
        if (*p == L'\1') {
            while (p[1] && *++p != L'\1') continue;
        } else {
            advance(&at, *p);
        }
    }
    size_t count, position;
    const uint32_t *line = clibedit_line(&count, &position);
    *cursor = at;
    for (size_t i = 0; i < count; i++) {
        advance(&at, (wchar_t)line[i]);
        if (i + 1 == position) *cursor = at;
    }
    *end = at;
}

void layout_go_to_end(void) {
    place cursor, end;
    measure(clibedit_terminal_columns(), &cursor, &end);
    if (cursor.row == end.row && cursor.column == end.column) return;
    for (int row = cursor.row; row < end.row; row++) fputc('\n', terminal.output);
    if (!terminal.is_dumb) fputc('\r', terminal.output);
    if (!terminal.is_dumb && end.column > 0) fprintf(terminal.output, "\033[%dC", end.column);
    fflush(terminal.output);
}

void layout_redraw_resized(void) {
    el_resize(terminal.editor);
    if (terminal.is_dumb) {
        fputs("\r\n", terminal.output);
    } else {
        // Terminals break the line anew when their width changes, so that the old rows count in the new width.
        place cursor, end;
        measure(clibedit_terminal_columns(), &cursor, &end);
        if (cursor.row > 0) fprintf(terminal.output, "\033[%dA", cursor.row);
        fputs("\r\033[J", terminal.output);
    }
    fflush(terminal.output);
    el_wset(terminal.editor, EL_REFRESH);
}
