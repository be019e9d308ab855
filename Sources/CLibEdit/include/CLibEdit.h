#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <stddef.h>
#include <stdint.h>

// libedit's editor behind a few typed functions, and the signals of the process.
//
// Swift can't call libedit by itself: el_set, el_get and history are variadic, and el_init wants the C library's
// `FILE *` streams. And the character reader (EL_GETCFN) has to wait for the terminal and for signals at once, which
// libedit's own does not. Text is an array of Unicode scalars: libedit's narrow functions drop or cut what the locale
// can't encode, and Swift's `wchar_t` must be a valid scalar, which is not certain here.
//
// One process has one editor: libedit keeps static buffers, and a signal handler can't be given a context.
// All of `clibedit_…` belongs to the main thread, except where a comment says otherwise.

// ---------------------------------------------------------------------------------------------------------- Text.c

/// Makes LC_CTYPE the user's, or C.UTF-8 where that is not UTF-8: a Swift program starts in the "C" locale, in which
/// libedit drops every character that is not ASCII. Answers 1 if UTF-8 is now in use.
int clibedit_use_locale(void);

/// How many columns a character takes in UTF-8: -1 for one that can't be printed. Any thread, any locale.
int clibedit_width(uint32_t character);

/// Whether a character can stand in a prompt: it has a width, and the current locale can encode it. Anything else
/// crashes libedit or confuses its idea of the cursor.
int clibedit_can_print(uint32_t character);

/// The columns of a terminal, or 0 where the descriptor is none or does not know. Any thread.
int clibedit_columns(int descriptor);

/// Whether TERM says that the terminal knows no escape sequences, or says nothing. Any thread.
int clibedit_is_dumb(void);

// -------------------------------------------------------------------------------------------------------- Editor.c

/// What libedit hands to Swift while a line is edited.
typedef enum {
    CLIBEDIT_COMPLETE,  // Tab
    CLIBEDIT_PASTE,     // text has arrived: clibedit_pasted, or what the caller queued itself
    CLIBEDIT_LONG_PASTE,  // a paste was dropped, because it is longer than CLIBEDIT_PASTE_LIMIT
    CLIBEDIT_PREVIOUS,  // an older line of the history
    CLIBEDIT_NEXT,      // a newer one
    CLIBEDIT_SEARCH,    // the incremental search begins
    CLIBEDIT_NOTICE,    // clibedit_notify was called
    CLIBEDIT_CAPTURED,  // one character came while clibedit_capture was on: clibedit_captured
} clibedit_event;

/// What libedit is to do afterwards.
typedef enum {
    CLIBEDIT_REFRESH,  // draw what has changed
    CLIBEDIT_BEEP,     // the same, and beep
} clibedit_answer;

/// Opens the terminal and makes the editor: 0, or an errno. `startup` is a file of editrc(5) commands, or NULL; our own
/// keys are bound after it. Every event of the editor goes to `handler`, on the thread that reads.
int clibedit_open(const char *program, const char *startup, clibedit_answer (*handler)(clibedit_event));

/// Gives the terminal back as it was before clibedit_open.
void clibedit_close(void);

/// Gives the terminal its modes back, before an _exit: async-signal-safe, any thread, also without an editor.
void clibedit_restore_terminal(void);

/// Sets the prompt, zero-terminated: `\1` stands around an escape sequence, which must be followed by a printable
/// character (libedit attaches it to that). Only what clibedit_can_print allows. Shows with the next refresh.
void clibedit_set_prompt(const uint32_t *prompt);

/// How a line ended.
typedef enum {
    CLIBEDIT_LINE,
    CLIBEDIT_INTERRUPTED,
    CLIBEDIT_END,
    CLIBEDIT_FAILED,
} clibedit_outcome;

/// Reads one line. For CLIBEDIT_LINE, `line` and `count` are the text without its newline, good until the next call;
/// for CLIBEDIT_FAILED, `error` is the errno.
clibedit_outcome clibedit_read(const uint32_t **line, size_t *count, int *error);

/// The line as it is now, from an event: not zero-terminated.
const uint32_t *clibedit_line(size_t *count, size_t *cursor);

/// Inserts at the cursor; zero-terminated.
void clibedit_insert(const uint32_t *text);

/// Deletes characters before the cursor.
void clibedit_delete(size_t count);

/// Moves the cursor to the right, or to the left.
void clibedit_move(int count);

/// Writes text under the line, and the prompt and the line again under that.
void clibedit_print_below(const char *text, size_t byte_count);

/// Writes straight to the terminal.
void clibedit_print(const char *text, size_t byte_count);

/// Drops what was typed and not read yet, and what still comes without a pause. Between two lines.
void clibedit_drop_typed_ahead(void);

/// The columns of the editor's terminal.
int clibedit_terminal_columns(void);

// -------------------------------------------------------------------------------------------------------- Reader.c

/// The bytes that a paste may have.
enum { CLIBEDIT_PASTE_LIMIT = 1 << 20 };

/// What was pasted last: bytes as they came, newlines and all.
const uint8_t *clibedit_pasted(size_t *count);

/// Makes the next thing that libedit reads a CLIBEDIT_PASTE.
void clibedit_queue_paste(void);

/// While on, every character comes as a CLIBEDIT_CAPTURED instead of going to libedit.
void clibedit_capture(int on);

/// The character of a CLIBEDIT_CAPTURED.
uint32_t clibedit_captured(void);

/// Ends the capture and gives its last character to libedit after all.
void clibedit_replay_captured(void);

// ------------------------------------------------------------------------------------------------------- Signals.c

/// From here to clibedit_end_continued, clibedit_was_continued says whether the program was stopped and continued.
void clibedit_begin_continued(void);
/// Whether that happened since the last call.
int clibedit_was_continued(void);
void clibedit_end_continued(void);

/// Makes SIGINT, SIGTERM, SIGHUP and SIGWINCH write a byte each into one pipe, and ignores SIGPIPE and SIGXFSZ: 0, or
/// an errno. A second call does nothing. What the parent had ignored (nohup, a shell's background job) stays ignored.
int clibedit_watch_signals(void);

/// Waits for the next signal and takes it out of the pipe: its number, or 0 for a clibedit_wake. Any one thread.
int clibedit_wait_for_signal(void);

/// Ends a clibedit_wait_for_signal. Any thread.
void clibedit_wake(void);

/// Makes a CLIBEDIT_NOTICE while a line is read, and nothing at other times. Any thread.
void clibedit_notify(void);

/// The signal that asked the program to end, or that interrupted its last command: SIGINT, SIGTERM, SIGHUP or 0.
/// A later SIGINT never hides one of the others. Any thread.
int clibedit_received(void);

/// Notes a signal for clibedit_received. Any thread.
void clibedit_note(int signal);

/// Forgets a SIGINT; the others stay. Any thread.
void clibedit_forget_interrupt(void);

#endif
