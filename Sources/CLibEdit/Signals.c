#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "Internal.h"

static int pipe_ends[2] = {-1, -1};
static _Atomic int received;

/// Async-signal-safe: one write(2), which never waits. Where the pipe is full, thousands of signals wait already.
static void pass_on(int signal) {
    int saved = errno;
    unsigned char byte = (unsigned char)signal;
    ssize_t ignored = write(pipe_ends[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

/// SA_RESTART: what the program reads and writes goes on. poll(2) ends nevertheless.
static void set_handler(int signal, void (*handler)(int), struct sigaction *before) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, before);
}

static void pass_on_unless_ignored(int signal) {
    struct sigaction before;
    if (sigaction(signal, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
    set_handler(signal, pass_on, NULL);
}

int clibedit_watch_signals(void) {
    if (pipe_ends[0] >= 0) return 0;
    if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
    pass_on_unless_ignored(SIGINT);
    pass_on_unless_ignored(SIGTERM);
    pass_on_unless_ignored(SIGHUP);
    set_handler(SIGWINCH, pass_on, NULL);
    set_handler(SIGPIPE, SIG_IGN, NULL);
    set_handler(SIGXFSZ, SIG_IGN, NULL);
    return 0;
}

int signals_descriptor(void) { return pipe_ends[0]; }

int signals_take(void) {
    unsigned char byte;
    ssize_t count;
    do count = read(pipe_ends[0], &byte, 1);
    while (count < 0 && errno == EINTR);
    return count == 1 ? byte : -1;
}

int clibedit_wait_for_signal(void) {
    for (;;) {
        struct pollfd wait = {.fd = pipe_ends[0], .events = POLLIN};
        poll(&wait, 1, -1);
        int signal = signals_take();
        if (signal >= 0 && signal != NOTICE) return signal;
    }
}

static void write_byte(unsigned char byte) {
    while (write(pipe_ends[1], &byte, 1) != 1 && (errno == EAGAIN || errno == EINTR)) poll(NULL, 0, 1);
}

void clibedit_wake(void) { write_byte(0); }

void clibedit_notify(void) { write_byte(NOTICE); }

int clibedit_received(void) { return atomic_load(&received); }

void clibedit_note(int signal) {
    int none = 0;
    if (signal == SIGINT) {
        atomic_compare_exchange_strong(&received, &none, SIGINT);
    } else {
        atomic_store(&received, signal);
    }
}

void clibedit_forget_interrupt(void) {
    int interrupt = SIGINT;
    atomic_compare_exchange_strong(&received, &interrupt, 0);
}

// ------------------------------------------------------------------------------------------ While a question is asked

static _Atomic int was_continued;
static struct sigaction before_question;

static void note_continued(int signal) {
    (void)signal;
    atomic_store(&was_continued, 1);
}

void clibedit_begin_continued(void) {
    atomic_store(&was_continued, 0);
    set_handler(SIGCONT, note_continued, &before_question);
}

int clibedit_was_continued(void) { return atomic_exchange(&was_continued, 0); }

void clibedit_end_continued(void) { sigaction(SIGCONT, &before_question, NULL); }

// ------------------------------------------------------------------------------------------------- At the prompt only

static const int prompt_signals[] = {SIGTSTP, SIGCONT, SIGQUIT};
enum { PROMPT_SIGNAL_COUNT = sizeof prompt_signals / sizeof *prompt_signals };
static struct sigaction before_prompt[PROMPT_SIGNAL_COUNT];
static sigset_t mask_before_prompt;

void signals_begin_prompt(void) {
    // After the first suspension of an async main, libdispatch runs the main queue on a thread of its own, in which all
    // signals are blocked. There Ctrl-Z would stop nothing, and in the background reading would fail with EIO instead
    // of waiting for its turn.
    sigset_t job_control;
    sigemptyset(&job_control);
    sigaddset(&job_control, SIGTSTP);
    sigaddset(&job_control, SIGTTIN);
    sigaddset(&job_control, SIGTTOU);
    pthread_sigmask(SIG_UNBLOCK, &job_control, &mask_before_prompt);

    for (int i = 0; i < PROMPT_SIGNAL_COUNT; i++) sigaction(prompt_signals[i], NULL, &before_prompt[i]);
    // A shell without job control has Ctrl-Z ignored: a stopped process could never go on there.
    pass_on_unless_ignored(SIGTSTP);
    set_handler(SIGCONT, pass_on, NULL);
    set_handler(SIGQUIT, SIG_IGN, NULL);  // it would end the program with the terminal still raw
}

void signals_end_prompt(void) {
    for (int i = 0; i < PROMPT_SIGNAL_COUNT; i++) sigaction(prompt_signals[i], &before_prompt[i], NULL);
    pthread_sigmask(SIG_SETMASK, &mask_before_prompt, NULL);
}

int signals_can_suspend(void) {
    struct sigaction now;
    return sigaction(SIGTSTP, NULL, &now) == 0 && now.sa_handler != SIG_IGN;
}

void signals_suspend(int whole_group) {
    struct sigaction stop, go;
    set_handler(SIGTSTP, SIG_IGN, &stop);
    if (whole_group) kill(0, SIGTSTP);
    set_handler(SIGTSTP, SIG_DFL, NULL);
    set_handler(SIGCONT, SIG_DFL, &go);  // the caller redraws; a byte in the pipe would make it do so twice
    raise(SIGTSTP);                      // to this very thread: it does not get past this line before the stop
    sigaction(SIGTSTP, &stop, NULL);
    sigaction(SIGCONT, &go, NULL);
}
