#define _GNU_SOURCE
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wctype.h>

#include "Internal.h"

static int is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

int clibedit_use_locale(void) {
    setlocale(LC_CTYPE, "");
    if (!is_utf8()) setlocale(LC_CTYPE, "C.UTF-8");
    return is_utf8();
}

static locale_t utf8_locale;

static void make_utf8_locale(void) { utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int clibedit_width(uint32_t character) {
    // wcwidth follows the locale, and a script runs in "C". Changing that for the process is not for a thread to do.
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_utf8_locale);
    if (utf8_locale == (locale_t)0) return character >= 0x20 && character < 0x7F ? 1 : -1;
    locale_t before = uselocale(utf8_locale);
    int width = wcwidth((wchar_t)character);
    uselocale(before);
    return width;
}

int clibedit_can_print(uint32_t character) {
    char bytes[MB_LEN_MAX];
    mbstate_t state;
    memset(&state, 0, sizeof state);
    return iswprint((wint_t)character) && wcwidth((wchar_t)character) > 0 &&
           wcrtomb(bytes, (wchar_t)character, &state) != (size_t)-1;
}

int clibedit_is_dumb(void) {
    const char *kind = getenv("TERM");
    return kind == NULL || kind[0] == 0 || strcmp(kind, "dumb") == 0;
}

int clibedit_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
