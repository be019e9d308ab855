#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "Internal.h"

// What the terminal sends between the marks of a paste. All of it is text, whatever it would be as keys: nothing between
// the marks ends the line, stops the program or ends the session.

static const char paste_end[] = "\033[201~";
enum { MARK_LENGTH = sizeof paste_end - 1, ESCAPE = 033 };
/// In milliseconds: after how long without a byte the paste is taken for broken, and the pauses around a Ctrl-C that was pressed.
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

/// The next bytes of a paste, 1 to `most`. Signals wait until it has been read: what is left of it would else be read as
/// keys.
///
/// Where the end of it never comes, all keys would be text for ever. So after a silence signals are handled, and a
/// Ctrl-C that comes alone is a key, which BYTE_STOP answers.
static int next_bytes(unsigned char *bytes, int most, int is_whole, int *has_warned) {
    int count = reader_bytes(bytes, *has_warned ? 1 : most, *has_warned ? PAUSE_BEFORE_KEY : SILENCE, is_whole);
    if (count != BYTE_TIMEOUT) return count;
    if (!*has_warned) clibedit_print_below(waiting, sizeof waiting - 1);
    *has_warned = 1;
    int byte = reader_byte(-1, 0);
    if (signal_of_key(byte) == SIGINT) {
        while (signal_of_key(byte) == SIGINT) byte = reader_byte(PAUSE_AFTER_KEY, 1);
        if (byte == BYTE_TIMEOUT) return reader_interrupt(dropped);
    }
    if (byte < 0) return byte;
    *bytes = (unsigned char)byte;
    return 1;
}

int paste_collect(void) {
    int matched = 0, is_whole = 1, has_warned = 0;
    paste_count = 0;
    while (matched < MARK_LENGTH) {
        // As many as the end still takes at least, and none behind it: to read each alone takes seconds for a MiB.
        unsigned char bytes[MARK_LENGTH];
        int count = next_bytes(bytes, MARK_LENGTH - matched, is_whole, &has_warned);
        if (count < 0) {
            paste_count = 0;
            return count;
        }
        for (int i = 0; i < count; i++) {
            matched = bytes[i] == paste_end[matched] ? matched + 1 : bytes[i] == ESCAPE;
            // One that is too long is dropped whole: half a command must not be run.
            is_whole = is_whole && paste_count < CLIBEDIT_PASTE_LIMIT + MARK_LENGTH && keep(bytes[i]);
        }
    }
    paste_count = is_whole ? paste_count - MARK_LENGTH : 0;
    return is_whole ? KEY_PASTE : KEY_LONG_PASTE;
}

const uint8_t *clibedit_pasted(size_t *count) {
    *count = paste_count;
    return paste;
}

void paste_forget(void) { paste_count = 0; }
