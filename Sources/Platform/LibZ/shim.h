#include <zlib.h>

// Swift can't call macros. A window of 15 bits (32 KiB), and 16 for a gzip header and trailer (zlib.h, inflateInit2).
static inline int libz_inflate_init_gzip(z_streamp stream) { return inflateInit2(stream, 15 + 16); }
static inline int libz_inflate_init_zlib(z_streamp stream) { return inflateInit2(stream, 15); }
