import Crypto
import Snapshot
import Text

/// The members of a new cluster and their ids, as all of them have to be given when they are restored.
public struct InitialCluster: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public let name: String
        /// In the order of their bytes.
        public let peerURLs: [String]
        public let id: UInt64
    }

    /// In the order of their ids.
    public let members: [Member]
    public let id: UInt64

    /// The names and URLs of all members, from which their ids follow once a token is known.
    public struct Listing: Sendable, Equatable {
        /// As it was written.
        public let text: String
        fileprivate private(set) var members: [(name: String, urls: [PeerURL])] = []

        /// - Parameter text: `NAME=URL,NAME=URL`; a name may occur several times, with a URL each.
        public init(_ text: String) throws(InitialClusterError) {
            self.text = text
            for part in text.split(separator: ",") {
                guard let sign = part.firstIndex(of: "=") else { throw .noURL(name: String(part)) }
                let name = String(part[..<sign])
                let url = try InitialCluster.url(part[part.index(after: sign)...], of: name)
                if let index = members.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
                    members[index].urls.append(url)
                } else {
                    members.append((name, [url]))
                }
            }
            if members.isEmpty { throw .noMembers }
            var seen: [PeerURL: String] = [:]
            for (name, urls) in members {
                for url in urls {
                    if let other = seen.updateValue(name, forKey: url) {
                        throw .urlTwice(url: url.text, names: [other, name])
                    }
                }
            }
        }

        public static func == (first: Self, second: Self) -> Bool { first.text == second.text }
    }

    /// - Throws: As `Listing` and the other initializer.
    public init(_ text: String, token: String) throws(InitialClusterError) {
        try self.init(try Listing(text), token: token)
    }

    /// - Parameter token: Counted into all ids, so that clusters of the same addresses are not mixed up.
    /// - Throws: `InitialClusterError` where the ids are no ids, or the same.
    public init(_ listing: Listing, token: String) throws(InitialClusterError) {
        let members = listing.members.map { name, urls in
            let texts = urls.sorted().map(\.text)
            return Member(name: name, peerURLs: texts, id: Self.id(of: Array((texts.joined() + token).utf8)))
        }.sorted { $0.id < $1.id }
        for (member, next) in zip(members, members.dropFirst()) where member.id == next.id {
            throw .idTwice(names: [member.name, next.name])
        }
        if let member = members.first, member.id == 0 { throw .noID(name: member.name) }
        self.members = members
        id = Self.id(of: members.flatMap(\.id.bigEndianBytes))
    }

    /// The member of a name, with these URLs where some are given.
    ///
    /// - Parameter advertised: `URL,URL`, as etcd's configuration has them (`initial-advertise-peer-urls`).
    public func member(named name: String, advertising advertised: String? = nil) throws(InitialClusterError) -> Member
    {
        guard let member = members.first(where: { $0.name.hasSameBytes(as: name) }) else {
            throw .unknownName(name: name, known: members.map(\.name))
        }
        guard let advertised else { return member }
        var urls: [PeerURL] = []
        for part in advertised.split(separator: ",") { urls.append(try Self.url(part, of: name)) }
        let texts = urls.sorted().map(\.text)
        // As text, as etcd first compares them: the names' addresses need not be known here.
        guard texts == member.peerURLs else {
            throw .otherURLs(name: name, advertised: texts, listed: member.peerURLs)
        }
        return member
    }

    private static func url(_ text: some StringProtocol, of name: String) throws(InitialClusterError) -> PeerURL {
        do throws(PeerURL.Reason) {
            return try PeerURL(text)
        } catch {
            throw .badURL(url: String(text), name: name, reason: error.text)
        }
    }

    /// The first eight bytes of the SHA-1, the highest first (etcd v3.5.1
    /// `server/etcdserver/api/membership/member.go`, `computeMemberId`, and `cluster.go`, `genID`).
    private static func id(of bytes: [UInt8]) -> UInt64 {
        var hash = Insecure.SHA1()
        hash.update(data: bytes)
        return Array(hash.finalize()).prefix(8).bigEndianInteger
    }
}

/// Why a list of members can't be that of a new cluster.
public enum InitialClusterError: Error, Sendable, Equatable {
    case noMembers
    case noURL(name: String)
    case badURL(url: String, name: String, reason: String)
    case urlTwice(url: String, names: [String])
    case idTwice(names: [String])
    /// The id would be 0, which etcd takes for none.
    case noID(name: String)
    case unknownName(name: String, known: [String])
    case otherURLs(name: String, advertised: [String], listed: [String])
}

extension InitialClusterError: CustomStringConvertible {
    /// The reason as the second half of a sentence.
    public var description: String {
        switch self {
        case .noMembers: "the list of members is empty"
        case .noURL(let name): "'\(name)' has no URL in the list of members"
        case .badURL(let url, let name, let reason): "'\(url)' can't be a peer URL of '\(name)': \(reason)"
        case .urlTwice(let url, let names):
            names[0] == names[1] ? "'\(names[0])' has \(url) twice" : "'\(names[0])' and '\(names[1])' both have \(url)"
        case .idTwice(let names): "'\(names[0])' and '\(names[1])' have the same member id"
        case .noID(let name): "'\(name)' has the member id 0"
        case .unknownName(let name, let known):
            "there is no '\(name)' in the list of members, only \(known.sorted().joined(separator: ", "))"
        case .otherURLs(let name, let advertised, let listed):
            "'\(name)' advertises \(advertised.joined(separator: ",")),"
                + " but the list of members has \(listed.joined(separator: ","))"
        }
    }
}
