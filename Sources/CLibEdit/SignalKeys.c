#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "Internal.h"

// The characters that a terminal makes signals of, as its user has set them (`stty intr ^X`). While a line is edited it
// makes none: they come as keys, so that the same characters in a paste are text.

static struct {
    int index, signal;
    cc_t key;
} keys[] = {{.index = VINTR, .signal = SIGINT}, {.index = VSUSP, .signal = SIGTSTP}, {.index = VQUIT, .signal = SIGQUIT}};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

void signal_keys_learn(void) {
    static int has_learnt;
    struct termios modes;
    if (tcgetattr(terminal.descriptor, &modes) != 0) return;
    // A program that was killed while it drew on the whole screen leaves modes that the user did not choose.
    if (has_learnt && !(modes.c_lflag & ICANON)) return;
    has_learnt = 1;
    for (int i = 0; i < KEY_COUNT; i++) keys[i].key = modes.c_cc[keys[i].index];
}

int signal_of_key(int byte) {
    for (int i = 0; i < KEY_COUNT; i++)
        if (keys[i].key != _POSIX_VDISABLE && keys[i].key == byte) return keys[i].signal;
    return 0;
}
