#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "Internal.h"

// What the terminal sends between the marks of a paste. All of it is text, whatever it would be as keys: nothing between
// the marks ends the line, stops the program or ends the session.

static const char paste_end[] = "\033[201~";
enum { MARK_LENGTH = sizeof paste_end - 1, ESCAPE = 033 };
/// In milliseconds: after how long without a byte something is amiss, and the pauses around a Ctrl-C that was pressed.
enum { SILENCE = 1000, PAUSE_BEFORE_KEY = 300, PAUSE_AFTER_KEY = 100 };

static const char waiting[] = "the paste has not ended yet: Ctrl-C drops it\r\n";
static const char dropped[] = "the paste was dropped: its end never came\r\n";

static unsigned char *paste;
static size_t paste_count, paste_capacity;

static int keep(unsigned char byte) {
    if (paste_count == paste_capacity) {
        size_t capacity = paste_capacity ? paste_capacity * 2 : 4096;
        unsigned char *larger = realloc(paste, capacity);
        if (larger == NULL) return 0;
        paste = larger;
        paste_capacity = capacity;
    }
    paste[paste_count++] = byte;
    return 1;
}

/// The next byte of a paste. Signals wait until it has been read: what is left of it would else be read as keys.
///
/// Where the end of it never comes, all keys would be text for ever. So after a silence signals are handled, and a
/// Ctrl-C that comes alone is a key, which BYTE_STOP answers.
static int next_byte(int is_whole, int *has_warned) {
    int byte = reader_byte(*has_warned ? PAUSE_BEFORE_KEY : SILENCE, is_whole);
    if (byte != BYTE_TIMEOUT) return byte;
    if (!*has_warned) clibedit_print_below(waiting, sizeof waiting - 1);
    *has_warned = 1;
    byte = reader_byte(-1, 0);
    if (signal_of_key(byte) != SIGINT) return byte;
    while (signal_of_key(byte) == SIGINT) byte = reader_byte(PAUSE_AFTER_KEY, 1);
    return byte == BYTE_TIMEOUT ? reader_interrupt(dropped) : byte;
}

int paste_collect(void) {
    int matched = 0, is_whole = 1, has_warned = 0;
    paste_count = 0;
    while (matched < MARK_LENGTH) {
        int byte = next_byte(is_whole, &has_warned);
        if (byte < 0) {
            paste_count = 0;
            return byte;
        }
        matched = byte == paste_end[matched] ? matched + 1 : byte == ESCAPE;
        // One that is too long is dropped whole: half a command must not be run.
        is_whole = is_whole && paste_count < CLIBEDIT_PASTE_LIMIT + MARK_LENGTH && keep((unsigned char)byte);
    }
    paste_count = is_whole ? paste_count - MARK_LENGTH : 0;
    return is_whole ? KEY_PASTE : KEY_LONG_PASTE;
}

const uint8_t *clibedit_pasted(size_t *count) {
    *count = paste_count;
    return paste;
}

void paste_forget(void) { paste_count = 0; }
