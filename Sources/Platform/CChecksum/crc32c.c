#include "CChecksum.h"

#include <pthread.h>
#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#define HAS_INSTRUCTIONS __builtin_cpu_supports("sse4.2")
#define WITH_INSTRUCTIONS __attribute__((target("sse4.2")))
#define TAKE_BYTE(crc, byte) _mm_crc32_u8((uint32_t)(crc), (byte))
#define TAKE_WORD(crc, word) _mm_crc32_u64((crc), (word))
#elif defined(__aarch64__) && defined(__linux__)
#include <arm_acle.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>
#define HAS_INSTRUCTIONS (getauxval(AT_HWCAP) & HWCAP_CRC32)
#define WITH_INSTRUCTIONS __attribute__((target("crc")))
#define TAKE_BYTE(crc, byte) __crc32cb((uint32_t)(crc), (byte))
#define TAKE_WORD(crc, word) __crc32cd((uint32_t)(crc), (word))
#endif

#ifdef HAS_INSTRUCTIONS

WITH_INSTRUCTIONS
static uint32_t with_instructions(uint32_t checksum, const unsigned char *bytes, size_t byte_count) {
    uint64_t crc = checksum ^ 0xFFFFFFFFu;
    for (; byte_count >= 8; bytes += 8, byte_count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        crc = TAKE_WORD(crc, word);
    }
    for (; byte_count > 0; bytes++, byte_count--) {
        crc = TAKE_BYTE(crc, *bytes);
    }
    return (uint32_t)crc ^ 0xFFFFFFFFu;
}

#endif

// tables[n][b] is the CRC of the byte b followed by n zero bytes.
static uint32_t tables[8][256];
static pthread_once_t tables_are_made = PTHREAD_ONCE_INIT;

static void make_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (crc & 1 ? 0x82F63B78u : 0);
        }
        tables[0][byte] = crc;
    }
    for (int zeros = 1; zeros < 8; zeros++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t crc = tables[zeros - 1][byte];
            tables[zeros][byte] = (crc >> 8) ^ tables[0][crc & 0xFF];
        }
    }
}

uint32_t cchecksum_crc32c_portable(uint32_t checksum, const void *start, size_t byte_count) {
    pthread_once(&tables_are_made, make_tables);
    const unsigned char *bytes = start;
    uint32_t crc = checksum ^ 0xFFFFFFFFu;
    for (; byte_count >= 8; bytes += 8, byte_count -= 8) {
        crc = tables[7][(crc & 0xFF) ^ bytes[0]] ^ tables[6][(crc >> 8 & 0xFF) ^ bytes[1]]
            ^ tables[5][(crc >> 16 & 0xFF) ^ bytes[2]] ^ tables[4][(crc >> 24) ^ bytes[3]]
            ^ tables[3][bytes[4]] ^ tables[2][bytes[5]] ^ tables[1][bytes[6]] ^ tables[0][bytes[7]];
    }
    for (; byte_count > 0; bytes++, byte_count--) {
        crc = (crc >> 8) ^ tables[0][(crc & 0xFF) ^ *bytes];
    }
    return crc ^ 0xFFFFFFFFu;
}

uint32_t cchecksum_crc32c(uint32_t checksum, const void *bytes, size_t byte_count) {
#ifdef HAS_INSTRUCTIONS
    if (HAS_INSTRUCTIONS) {
        return with_instructions(checksum, bytes, byte_count);
    }
#endif
    return cchecksum_crc32c_portable(checksum, bytes, byte_count);
}
