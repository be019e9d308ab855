#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "Internal.h"

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "Swift sees a wchar_t as a uint32_t");

clibedit_terminal terminal = {.descriptor = -1};

/// When clibedit_drop_typed_ahead takes it that nothing more comes: after so many milliseconds, or so many pieces.
enum { DROP_SILENCE = 30, DROP_LIMIT = 1000 };

static clibedit_answer (*handle)(clibedit_event);
static wchar_t *prompt;
static struct termios modes_before;
static volatile int has_modes_before;

const wchar_t *editor_prompt(void) { return prompt ? prompt : L""; }

static wchar_t *give_prompt(EditLine *editor) {
    (void)editor;
    static wchar_t none[] = L"";
    return prompt ? prompt : none;
}

void clibedit_set_prompt(const uint32_t *text) {
    wchar_t *copy = wcsdup((const wchar_t *)text);
    if (copy == NULL) return;
    free(prompt);
    prompt = copy;
}

// --------------------------------------------------------------------------------------------------------------- Keys

static unsigned char answer(clibedit_event event) {
    return handle(event) == CLIBEDIT_BEEP ? CC_REFRESH_BEEP : CC_REFRESH;
}

static unsigned char on_complete(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_COMPLETE); }
static unsigned char on_paste(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_PASTE); }
static unsigned char on_long_paste(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_LONG_PASTE); }
static unsigned char on_previous(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_PREVIOUS); }
static unsigned char on_next(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_NEXT); }
static unsigned char on_search(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_SEARCH); }
static unsigned char on_captured(EditLine *e, int c) { return (void)e, (void)c, answer(CLIBEDIT_CAPTURED); }

/// libedit calls its history function in vi's commands without asking whether there is one. Ours is in Swift, because
/// libedit cuts an unfinished line at 1024 characters when it goes up, and its search writes past its buffer when it
/// meets a long one.
static int no_history(void *context, HistEventW *event, int operation, ...) {
    return (void)context, (void)event, (void)operation, -1;
}

static void bind_keys(EditLine *e) {
    el_wset(e, EL_ADDFN, L"snapsh-complete", L"Complete the word", on_complete);
    el_wset(e, EL_ADDFN, L"snapsh-paste", L"Insert what was pasted", on_paste);
    el_wset(e, EL_ADDFN, L"snapsh-long-paste", L"Say that a paste was too long", on_long_paste);
    el_wset(e, EL_ADDFN, L"snapsh-previous", L"An older line", on_previous);
    el_wset(e, EL_ADDFN, L"snapsh-next", L"A newer line", on_next);
    el_wset(e, EL_ADDFN, L"snapsh-search", L"Search older lines", on_search);
    el_wset(e, EL_ADDFN, L"snapsh-captured", L"A key of the search", on_captured);

    static const wchar_t *const everywhere[][2] = {
        {L"^I", L"snapsh-complete"}, {L"^P", L"snapsh-previous"}, {L"^N", L"snapsh-next"},
        {L"^R", L"snapsh-search"},   {L"\\236", L"snapsh-captured"}, {L"\\237", L"snapsh-paste"},
        {L"\\235", L"snapsh-long-paste"},
    };
    static const wchar_t *const in_emacs[][2] = {
        {L"\\e[A", L"snapsh-previous"}, {L"\\e[B", L"snapsh-next"}, {L"\\eOA", L"snapsh-previous"},
        {L"\\eOB", L"snapsh-next"},     {L"^W", L"ed-delete-prev-word"}, {L"\\e[3~", L"ed-delete-next-char"},
    };
    // In vi's keys the escape is a command of its own; what follows it is read as commands.
    static const wchar_t *const in_vi_commands[][2] = {
        {L"[A", L"snapsh-previous"}, {L"[B", L"snapsh-next"}, {L"k", L"snapsh-previous"}, {L"j", L"snapsh-next"},
        {L"\\055", L"snapsh-previous"}, {L"+", L"snapsh-next"}, {L"/", L"snapsh-search"}, {L"?", L"snapsh-search"},
    };
    const wchar_t *mode = NULL;
    int is_vi = el_wget(e, EL_EDITOR, &mode) == 0 && mode != NULL && wcscmp(mode, L"vi") == 0;
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++) {
        el_wset(e, EL_BIND, everywhere[i][0], everywhere[i][1], NULL);
        if (is_vi) el_wset(e, EL_BIND, L"-a", everywhere[i][0], everywhere[i][1], NULL);
    }
    for (size_t i = 0; !is_vi && i < sizeof in_emacs / sizeof *in_emacs; i++)
        el_wset(e, EL_BIND, in_emacs[i][0], in_emacs[i][1], NULL);
    for (size_t i = 0; is_vi && i < sizeof in_vi_commands / sizeof *in_vi_commands; i++)
        el_wset(e, EL_BIND, L"-a", in_vi_commands[i][0], in_vi_commands[i][1], NULL);
}

// --------------------------------------------------------------------------------------------------- Opening, closing

static int open_terminal(void) {
    int descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC);
    // In a container or a chroot there may be a terminal on stdin and yet no /dev/tty.
    if (descriptor < 0 && isatty(STDIN_FILENO)) {
        int error = errno;
        descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
        errno = error;
    }
    return descriptor;
}

/// Closes what is open, and hands on an error.
static int release(int error) {
    if (terminal.input) fclose(terminal.input);
    if (terminal.output) fclose(terminal.output);
    if (terminal.descriptor >= 0) close(terminal.descriptor);
    terminal = (clibedit_terminal){.descriptor = -1};
    return error ? error : ENOMEM;
}

int clibedit_open(const char *program, const char *startup, clibedit_answer (*handler)(clibedit_event)) {
    if (terminal.editor != NULL) return EBUSY;
    int error = clibedit_watch_signals();
    if (error) return error;
    handle = handler;
    terminal.is_utf8 = clibedit_use_locale();
    terminal.descriptor = open_terminal();
    if (terminal.descriptor < 0) return release(errno);
    if (tcgetattr(terminal.descriptor, &modes_before) != 0) return release(errno);
    has_modes_before = 1;

    // libedit switches its editing off for good in Emacs' shell, and then would set modes that it has never read.
    const char *kind = getenv("TERM");
    if (kind != NULL && strcmp(kind, "emacs") == 0) setenv("TERM", "dumb", 1);
    terminal.is_dumb = clibedit_is_dumb();

    int input = fcntl(terminal.descriptor, F_DUPFD_CLOEXEC, 3), output = fcntl(terminal.descriptor, F_DUPFD_CLOEXEC, 3);
    terminal.input = input < 0 ? NULL : fdopen(input, "r");
    terminal.output = output < 0 ? NULL : fdopen(output, "w");
    if (terminal.input == NULL || terminal.output == NULL) return release(errno);
    EditLine *e = el_init(program, terminal.input, terminal.output, terminal.output);
    if (e == NULL) return release(errno);
    terminal.editor = e;
    el_wset(e, EL_EDITOR, L"emacs");  // Debian's libedit begins with vi's keys
    if (startup != NULL) el_source(e, startup);
    el_wset(e, EL_EDITMODE, 1);
    el_wset(e, EL_SIGNAL, 0);  // libedit would send the signals on to the whole process group
    // The terminal would make signals of Ctrl-C, Ctrl-Z and Ctrl-\ in a paste, too, and drop what came before them; at a
    // Ctrl-S in one it would fall silent. So the reader gets them as keys.
    el_wset(e, EL_SETTY, L"-d", L"-isig", L"-ixon", NULL);
    el_wset(e, EL_HIST, no_history, NULL);
    el_wset(e, EL_PROMPT_ESC, give_prompt, L'\1');
    el_wset(e, EL_GETCFN, reader_get);
    bind_keys(e);
    return 0;
}

void clibedit_close(void) {
    if (terminal.editor == NULL) return;
    el_end(terminal.editor);
    has_modes_before = 0;
    release(0);
}

void clibedit_restore_terminal(void) {
    static const char paste_off[] = "\033[?2004l";
    if (!has_modes_before) return;
    ssize_t ignored = terminal.is_dumb ? 0 : write(terminal.descriptor, paste_off, sizeof paste_off - 1);
    (void)ignored;
    tcsetattr(terminal.descriptor, TCSANOW, &modes_before);
}

// ------------------------------------------------------------------------------------------------------------ Reading

void editor_bracketed_paste(int on) {
    if (terminal.is_dumb) return;
    fputs(on ? "\033[?2004h" : "\033[?2004l", terminal.output);
    fflush(terminal.output);
}

clibedit_outcome clibedit_read(const uint32_t **line, size_t *count, int *error) {
    *line = NULL;
    *count = 0;
    *error = 0;
    if (terminal.editor == NULL) return CLIBEDIT_END;
    reader_begin();
    signal_keys_learn();
    signals_begin_prompt();
    editor_bracketed_paste(1);
    int got = 0;
    const wchar_t *text = el_wgets(terminal.editor, &got);
    editor_bracketed_paste(0);
    signals_end_prompt();

    clibedit_outcome outcome = reader_outcome(error);
    // No line, and the reader knows of no reason: Ctrl-D, or a terminal whose modes can't be set because it is gone.
    if (outcome == CLIBEDIT_LINE && (text == NULL || got <= 0)) outcome = CLIBEDIT_END;
    // Only the session's leader gets a signal for that: this process may have got none.
    struct termios modes;
    if (outcome == CLIBEDIT_END && tcgetattr(terminal.descriptor, &modes) != 0) clibedit_note(SIGHUP);
    if (outcome != CLIBEDIT_LINE) return outcome;
    *line = (const uint32_t *)text;
    *count = (size_t)got;
    while (*count > 0 && (text[*count - 1] == L'\n' || text[*count - 1] == L'\r')) --*count;
    return CLIBEDIT_LINE;
}

const uint32_t *clibedit_line(size_t *count, size_t *cursor) {
    const LineInfoW *line = el_wline(terminal.editor);
    *count = (size_t)(line->lastchar - line->buffer);
    *cursor = (size_t)(line->cursor - line->buffer);
    return (const uint32_t *)line->buffer;
}

void clibedit_insert(const uint32_t *text) { el_winsertstr(terminal.editor, (const wchar_t *)text); }

void clibedit_delete(size_t count) { el_wdeletestr(terminal.editor, (int)count); }

void clibedit_move(int count) {
    size_t length, cursor;
    clibedit_line(&length, &cursor);
    // libedit adds to a pointer before it looks whether that is still inside.
    int left = -(int)cursor, right = (int)(length - cursor);
    el_cursor(terminal.editor, count < left ? left : count > right ? right : count);
}

void clibedit_print(const char *text, size_t byte_count) {
    fwrite(text, 1, byte_count, terminal.output);
    fflush(terminal.output);
}

void editor_notice(void) { handle(CLIBEDIT_NOTICE); }

void clibedit_print_below(const char *text, size_t byte_count) {
    layout_go_to_end();
    clibedit_print("\r\n", 2);
    clibedit_print(text, byte_count);
    el_wset(terminal.editor, EL_REFRESH);
}

void clibedit_drop_typed_ahead(void) {
    struct pollfd wait = {.fd = terminal.descriptor, .events = POLLIN};
    for (int i = 0; i < DROP_LIMIT && poll(&wait, 1, DROP_SILENCE) > 0 && (wait.revents & POLLIN); i++)
        if (tcflush(terminal.descriptor, TCIFLUSH) != 0) return;
}

int clibedit_terminal_columns(void) {
    int columns = clibedit_columns(terminal.descriptor);
    return columns < 2 ? 80 : columns;
}
