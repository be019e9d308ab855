#ifndef CLIBEDIT_INTERNAL_H
#define CLIBEDIT_INTERNAL_H

#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

#include "CLibEdit.h"

// What the files of this target share; Swift does not see it.

/// The editor and its streams (Editor.c): libedit gives its callbacks no context of ours.
typedef struct {
    EditLine *editor;
    FILE *input;
    FILE *output;
    int descriptor;  // of the terminal
    int is_dumb;     // it knows no escape sequences
    int is_utf8;
} clibedit_terminal;

extern clibedit_terminal terminal;

/// The C1 control characters that Reader.c returns for events of ours, bound in Editor.c. libedit looks characters
/// above 255 up nowhere, and below 32 all are taken. Typed ones are dropped.
enum { KEY_CAPTURED = 0x9E, KEY_PASTE = 0x9F };

// Reader.c
void reader_begin(void);
int reader_get(EditLine *editor, wchar_t *character);
/// How the line ended, if the reader ended it: CLIBEDIT_LINE means that it did not.
clibedit_outcome reader_outcome(int *error);

// Editor.c
void editor_bracketed_paste(int on);
const wchar_t *editor_prompt(void);

// Layout.c
/// Moves the terminal's cursor from where libedit has it to the end of the line.
void layout_go_to_end(void);
/// Draws the prompt and the line anew, after the width has changed.
void layout_redraw_resized(void);

// Signals.c
/// Takes a signal out of the pipe without waiting: its number, 0 for a clibedit_wake, -1 for none.
int signals_take(void);
int signals_descriptor(void);
/// From here to signals_end_prompt, Ctrl-Z and SIGCONT come through the pipe too, and SIGQUIT does nothing.
void signals_begin_prompt(void);
void signals_end_prompt(void);
/// Stops this process as Ctrl-Z would, and returns when it goes on.
void signals_suspend(void);

#endif
