extension CRC32C {
    /// Takes so many bytes of which only the checksum is known.
    ///
    /// A checksum is the remainder of a polynomial over GF(2): bytes that follow multiply what came before by a power
    /// of x.
    package mutating func join(_ next: CRC32C, byteCount: Int) {
        value = Self.product(value, Self.power(ofBytes: byteCount)) ^ next.value
    }

    /// Castagnoli's polynomial, and all others here, have the coefficient of x^0 in their highest bit.
    private static let polynomial: UInt32 = 0x82F6_3B78
    private static let one: UInt32 = 1 << 31

    /// The product of two polynomials, divided by Castagnoli's: its remainder.
    private static func product(_ first: UInt32, _ second: UInt32) -> UInt32 {
        var (rest, factor, sum) = (first, second, UInt32(0))
        for _ in 0..<32 {
            // The next coefficient of the first, and so the factor by x, without a branch.
            sum ^= factor & (0 &- (rest >> 31))
            rest <<= 1
            factor = factor >> 1 ^ polynomial & (0 &- (factor & 1))
        }
        return sum
    }

    /// `powers[n * 256 + digit]` is x to the power of 8 * digit * 256^n.
    private static let powers: [UInt32] = {
        var powers: [UInt32] = []
        // x^8.
        var step = one >> 8
        for _ in 0..<8 {
            var power = one
            for _ in 0..<256 {
                powers.append(power)
                power = product(power, step)
            }
            step = power
        }
        return powers
    }()

    /// x to the power of eight times a number of bytes.
    private static func power(ofBytes byteCount: Int) -> UInt32 {
        var rest = byteCount
        var power = powers[rest & 255]
        rest >>= 8
        var row = 256
        while rest > 0 {
            if rest & 255 > 0 { power = product(power, powers[row + (rest & 255)]) }
            rest >>= 8
            row += 256
        }
        return power
    }
}
