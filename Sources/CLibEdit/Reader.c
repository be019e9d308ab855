#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Internal.h"

// The character reader (EL_GETCFN): it waits for the terminal and for signals at once, puts UTF-8 together, and takes
// whole pastes out of the stream before libedit could run a line of them. It reads no byte more than it needs: what is
// typed ahead belongs to whoever reads next, which may be another program.

static const char paste_start[] = "\033[200~";
enum { MARK_LENGTH = sizeof paste_start - 1, ESCAPE = 033 };
/// In milliseconds: how long the next byte of a key's sequence may take, and how long one that only a paste has.
enum { KEY_TIMEOUT = 100, MARK_TIMEOUT = 1000 };

static clibedit_outcome outcome;
static int outcome_error;

static unsigned char held[MARK_LENGTH + 2];  // bytes read too early, the next one last
static int held_count;

static wchar_t queued_key;
static int is_capturing;
static wchar_t captured;

void reader_begin(void) {
    outcome = CLIBEDIT_LINE;
    outcome_error = 0;
    is_capturing = 0;
}

clibedit_outcome reader_outcome(int *error) {
    *error = outcome_error;
    return outcome;
}

static int stop(clibedit_outcome how, int error) {
    outcome = how;
    outcome_error = error;
    held_count = 0;
    queued_key = 0;
    return BYTE_STOP;
}

static void suspend(int by_key) {
    layout_go_to_end();
    clibedit_print("\r\n", 2);
    editor_bracketed_paste(0);
    el_wset(terminal.editor, EL_PREP_TERM, 0);
    signals_suspend(by_key);
    signal_keys_learn();
    el_wset(terminal.editor, EL_PREP_TERM, 1);
    editor_bracketed_paste(1);
    el_resize(terminal.editor);
    el_wset(terminal.editor, EL_REFRESH);
}

/// After a SIGSTOP, which no handler sees: libedit still believes that the terminal is raw.
static void resume(void) {
    el_wset(terminal.editor, EL_PREP_TERM, 0);
    el_wset(terminal.editor, EL_PREP_TERM, 1);
    editor_bracketed_paste(1);
    el_resize(terminal.editor);
    // Where a process is stopped twice, the line is there already.
    if (!terminal.is_dumb) clibedit_print("\r\033[J", 4);
    el_wset(terminal.editor, EL_REFRESH);
}

int reader_interrupt(const char *sentence) {
    layout_go_to_end();
    clibedit_print("^C\r\n", 4);
    if (sentence != NULL) clibedit_print(sentence, strlen(sentence));
    return stop(CLIBEDIT_INTERRUPTED, 0);
}

int reader_handle_signals(void) {
    int resized = 0, signal;
    while ((signal = signals_take()) >= 0) {
        switch (signal) {
        case SIGINT: return reader_interrupt(NULL);
        case SIGTERM:
        case SIGHUP:
            clibedit_note(signal);
            return stop(CLIBEDIT_END, 0);
        case SIGTSTP: suspend(0); break;
        case SIGCONT: resume(); break;
        case SIGWINCH: resized = 1; break;
        case NOTICE: editor_notice(); break;
        default: break;
        }
    }
    if (resized) layout_redraw_resized();
    return 0;
}

int reader_byte(int timeout, int holds_signals) {
    unsigned char byte;
    int count = reader_bytes(&byte, 1, timeout, holds_signals);
    return count < 0 ? count : byte;
}

int reader_bytes(unsigned char *bytes, int most, int timeout, int holds_signals) {
    if (held_count > 0) return *bytes = held[--held_count], 1;
    for (;;) {
        struct pollfd wait[] = {
            {.fd = terminal.descriptor, .events = POLLIN},
            {.fd = holds_signals ? -1 : signals_descriptor(), .events = POLLIN},
        };
        int count = poll(wait, 2, timeout);
        if (count == 0) return BYTE_TIMEOUT;
        if (count < 0 && errno != EINTR) return stop(CLIBEDIT_FAILED, errno);
        if (count < 0) continue;
        if (wait[1].revents) {
            if (reader_handle_signals() == BYTE_STOP) return BYTE_STOP;
            continue;
        }
        ssize_t got = read(terminal.descriptor, bytes, (size_t)most);
        if (got > 0) return (int)got;
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        // EIO: the terminal has hung up, or this process is in the background for good.
        return got == 0 || errno == EIO ? stop(CLIBEDIT_END, 0) : stop(CLIBEDIT_FAILED, errno);
    }
}

/// Does what the terminal's signal would have done. Answers 0, or BYTE_STOP.
static int obey_signal_key(int signal) {
    if (signal == SIGINT) return reader_interrupt(NULL);
    if (signal == SIGTSTP && signals_can_suspend()) suspend(1);
    return 0;
}

/// One character; U+FFFD (or `?`) for each piece that is not UTF-8. Answers 0, or BYTE_STOP.
static int next_character(wchar_t *character) {
    mbstate_t state;
    memset(&state, 0, sizeof state);
    for (int length = 0;; length++) {
        int byte = reader_byte(-1, 0);
        if (byte < 0) return byte;
        int signal = length == 0 ? signal_of_key(byte) : 0;
        if (signal != 0) {
            if (obey_signal_key(signal) == BYTE_STOP) return BYTE_STOP;
            length = -1;
            continue;
        }
        char text = (char)byte;
        switch (mbrtowc(character, &text, 1, &state)) {
        case (size_t)-2: continue;
        case (size_t)-1:
            if (length > 0) held[held_count++] = (unsigned char)byte;  // it may begin a good one
            *character = terminal.is_utf8 ? 0xFFFD : L'?';
            return 0;
        default: return 0;
        }
    }
}

/// After an escape: whether the rest of the mark of a paste follows. If not, nothing is lost.
/// Answers 1, 0 or BYTE_STOP.
static int paste_begins(void) {
    for (int i = 1; i < MARK_LENGTH; i++) {
        // Nothing but a paste begins with three bytes of its mark, and what is read as keys would run its lines.
        int byte = reader_byte(i < 3 ? KEY_TIMEOUT : MARK_TIMEOUT, 0);
        if (byte == BYTE_STOP) return BYTE_STOP;
        if (byte == paste_start[i]) continue;
        if (byte >= 0) held[held_count++] = (unsigned char)byte;
        while (--i > 0) held[held_count++] = (unsigned char)paste_start[i];
        return 0;
    }
    return 1;
}

int reader_get(EditLine *editor, wchar_t *character) {
    (void)editor;
    *character = 0;
    while (outcome == CLIBEDIT_LINE) {
        wchar_t key = queued_key;
        queued_key = 0;
        if (key == 0) {
            if (next_character(&key) != 0) break;
            if (key >= 0x80 && key < 0xA0) continue;  // our own keys can't be typed
            if (key == ESCAPE) {
                int begins = paste_begins();
                int pasted = begins == 1 ? paste_collect() : ESCAPE;
                if (begins == BYTE_STOP || pasted == BYTE_STOP) break;
                key = (wchar_t)pasted;
            }
            if (is_capturing) {
                captured = key;
                key = KEY_CAPTURED;
            }
        }
        *character = key;
        return 1;
    }
    errno = EINTR;
    return -1;
}

void clibedit_queue_paste(void) {
    paste_forget();
    queued_key = KEY_PASTE;
}

void clibedit_capture(int on) { is_capturing = on; }

uint32_t clibedit_captured(void) { return (uint32_t)captured; }

void clibedit_replay_captured(void) {
    is_capturing = 0;
    queued_key = captured;
}
