public import Backups

extension BackupEncoding {
    /// Encrypted by age (age-encryption.org/v1).
    public static let age = BackupEncoding(name: "age", nameEnding: ".age")
    /// Encrypted by OpenPGP (RFC 9580), with a passphrase or for a key.
    public static let openPGP = BackupEncoding(name: "openpgp", nameEnding: ".gpg")
    /// Encrypted by `openssl enc` with a passphrase.
    public static let openSSL = BackupEncoding(name: "openssl", nameEnding: ".enc")
}

/// What only a command of the user's undoes.
public struct EncryptedCodec: Codec {
    public let encoding: BackupEncoding
    public let otherEncodings: [BackupEncoding]
    /// How such a command is likely to look.
    private let example: String
    private let begins: @Sendable ([UInt8]) -> Bool
    private var command: DecryptionCommand?

    private init(
        _ encoding: BackupEncoding,
        otherEncodings: [BackupEncoding] = [],
        example: String,
        begins: @escaping @Sendable ([UInt8]) -> Bool
    ) {
        self.encoding = encoding
        self.otherEncodings = otherEncodings
        self.example = example
        self.begins = begins
    }

    public static let age = EncryptedCodec(.age, example: "age -d -i key.txt") { beginning in
        beginning.starts(with: Array("age-encryption.org/".utf8))
            || beginning.starts(with: Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8))
    }

    public static let openPGP = EncryptedCodec(
        .openPGP,
        otherEncodings: [
            BackupEncoding(name: "openpgp", nameEnding: ".pgp"), BackupEncoding(name: "openpgp", nameEnding: ".asc"),
            // Giant Swarm's are OpenPGP's; others are anything.
            BackupEncoding(name: "openpgp", nameEnding: ".enc"),
        ],
        example: "gpg -d"
    ) { beginning in
        beginning.starts(with: Array("-----BEGIN PGP MESSAGE-----".utf8)) || isOpenPGPSessionKey(beginning)
    }

    /// `Salted__`, and a salt (openssl-enc(1)).
    public static let openSSL = EncryptedCodec(
        .openSSL,
        example: "openssl enc -d -aes-256-cbc -pbkdf2 -pass file:key.txt"
    ) {
        $0.starts(with: Array("Salted__".utf8))
    }

    /// Whether a packet with a session key begins there, for a key (type 1, version 3 or 6) or by a passphrase (type 3,
    /// versions 4 to 6) (RFC 9580, sections 4.2 and 5.1).
    private static func isOpenPGPSessionKey(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 4 else { return false }
        let (type, lengthByteCount): (UInt8, Int) =
            switch bytes[0] {
            case 0xC0...: (bytes[0] & 0x3F, bytes[1] < 192 ? 1 : 2)
            case 0x80...: (bytes[0] >> 2 & 0xF, 1 << Int(bytes[0] & 3))
            default: (0, 1)
            }
        guard 1 + lengthByteCount < bytes.count else { return false }
        let version = bytes[1 + lengthByteCount]
        return type == 1 && [3, 6].contains(version) || type == 3 && (4...6).contains(version)
    }

    public func recognises(_ beginning: [UInt8]) -> Bool { begins(beginning) }

    public func decrypting(with command: DecryptionCommand) -> any Codec {
        var codec = self
        codec.command = command
        return codec
    }

    public func open(_ reader: any ByteReader) throws -> OpenedLayer {
        guard let command else { throw CodecError(encoding, .encrypted(example: example)) }
        return .stream(try DecryptingReader(reader, command, encoding))
    }
}
