#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli), as Go's hash/crc32 gives it: the checksum of what came before, 0 at the start, goes in, and that
/// of all bytes so far comes out. The processor's own instructions do it where it has them.
uint32_t cchecksum_crc32c(uint32_t checksum, const void *bytes, size_t byte_count);

/// The same without such instructions, on any processor.
uint32_t cchecksum_crc32c_portable(uint32_t checksum, const void *bytes, size_t byte_count);

#endif
