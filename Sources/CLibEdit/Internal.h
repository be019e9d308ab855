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
enum { KEY_LONG_PASTE = 0x9D, KEY_CAPTURED = 0x9E, KEY_PASTE = 0x9F };

// Reader.c
void reader_begin(void);
int reader_get(EditLine *editor, wchar_t *character);
/// How the line ended, if the reader ended it: CLIBEDIT_LINE means that it did not.
clibedit_outcome reader_outcome(int *error);
/// What reader_byte answers instead of a byte.
enum { BYTE_TIMEOUT = -1, BYTE_STOP = -2 };
/// The next byte from the terminal, within so many milliseconds (-1: however long it takes). Signals that come
/// meanwhile are handled, unless `holds_signals`: then they wait.
int reader_byte(int timeout, int holds_signals);
/// The same for what is there, 1 to `most` bytes. Answers how many.
int reader_bytes(unsigned char *bytes, int most, int timeout, int holds_signals);
/// Handles the signals that wait. Answers BYTE_STOP where one of them ended the line, and 0 otherwise.
int reader_handle_signals(void);
/// Ends the line as Ctrl-C does, with a sentence, or NULL. Answers BYTE_STOP.
int reader_interrupt(const char *sentence);

// Paste.c
/// Reads a paste whose start has been read, to its end. Answers the key that stands for it, or BYTE_STOP.
int paste_collect(void);
/// Makes clibedit_pasted empty.
void paste_forget(void);

// SignalKeys.c
/// Learns the terminal's characters for signals. Between two lines only: while one is edited, the modes are ours.
void signal_keys_learn(void);
/// The signal that the terminal would make of a byte, or 0.
int signal_of_key(int byte);

// Editor.c
/// Lets Swift say what it was notified of, above the line.
void editor_notice(void);
void editor_bracketed_paste(int on);
const wchar_t *editor_prompt(void);

// Layout.c
/// Moves the terminal's cursor from where libedit has it to the end of the line.
void layout_go_to_end(void);
/// Draws the prompt and the line anew, after the width has changed.
void layout_redraw_resized(void);

// Signals.c
/// What comes out of the pipe for a clibedit_notify; no signal has this number.
enum { NOTICE = 0xFF };
/// Takes a signal out of the pipe without waiting: its number, 0 for a clibedit_wake, NOTICE, or -1 for none.
int signals_take(void);
int signals_descriptor(void);
/// From here to signals_end_prompt, Ctrl-Z and SIGCONT come through the pipe too, and SIGQUIT does nothing.
void signals_begin_prompt(void);
void signals_end_prompt(void);
/// Whether Ctrl-Z may stop this process: a shell without job control has that signal ignored.
int signals_can_suspend(void);
/// Stops this process, and returns when it is resumed; also the others of its process group, where the key was pressed
/// and not a signal sent: the shell that started them waits until all of them are stopped.
void signals_suspend(int whole_group);

#endif
