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

#ifdef HAS_INSTRUCTIONS

// One instruction waits for the result of the one before it, but three can be under way: three lanes of a block are taken
// side by side and joined.
#define LANE 512
#define LANE_WORDS (LANE / 8)

// lane_tables[n][b] is what LANE zero bytes make of the register b << 8 * n.
static uint32_t lane_tables[4][256];
static pthread_once_t lane_tables_are_made = PTHREAD_ONCE_INIT;

static void make_lane_tables(void) {
    pthread_once(&tables_are_made, make_tables);
    for (int place = 0; place < 4; place++) {
        for (uint32_t byte = 1; byte < 256; byte++) {
            uint32_t lowest = byte & -byte;
            if (lowest != byte) {
                // The register is a sum, and so is what becomes of it.
                lane_tables[place][byte] = lane_tables[place][lowest] ^ lane_tables[place][byte ^ lowest];
                continue;
            }
            uint32_t crc = byte << 8 * place;
            for (int zeros = 0; zeros < LANE; zeros++) {
                crc = (crc >> 8) ^ tables[0][crc & 0xFF];
            }
            lane_tables[place][byte] = crc;
        }
    }
}

static uint32_t after_lane(uint32_t crc) {
    return lane_tables[0][crc & 0xFF] ^ lane_tables[1][crc >> 8 & 0xFF] ^ lane_tables[2][crc >> 16 & 0xFF]
        ^ lane_tables[3][crc >> 24];
}

static uint64_t word_at(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

WITH_INSTRUCTIONS
static uint32_t with_instructions(uint32_t checksum, const unsigned char *bytes, size_t byte_count) {
    uint64_t crc = checksum ^ 0xFFFFFFFFu;
    if (byte_count >= 3 * LANE) {
        pthread_once(&lane_tables_are_made, make_lane_tables);
        for (; byte_count >= 3 * LANE; bytes += 3 * LANE, byte_count -= 3 * LANE) {
            uint64_t second = 0;
            uint64_t third = 0;
            for (int word = 0; word < LANE_WORDS; word++) {
                crc = TAKE_WORD(crc, word_at(bytes + 8 * word));
                second = TAKE_WORD(second, word_at(bytes + LANE + 8 * word));
                third = TAKE_WORD(third, word_at(bytes + 2 * LANE + 8 * word));
            }
            crc = after_lane(after_lane((uint32_t)crc) ^ (uint32_t)second) ^ third;
        }
    }
    for (; byte_count >= 8; bytes += 8, byte_count -= 8) {
        crc = TAKE_WORD(crc, word_at(bytes));
    }
    for (; byte_count > 0; bytes++, byte_count--) {
        crc = TAKE_BYTE(crc, *bytes);
    }
    return (uint32_t)crc ^ 0xFFFFFFFFu;
}

#endif

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
