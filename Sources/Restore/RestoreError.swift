/// Why no data directory was made; nothing that etcd would start on is left behind.
public enum RestoreError: Error, Sendable, Equatable {
    /// The file lacks a bucket that every etcd writes.
    case noBucket(String)
    /// The revision would be beyond what etcd can count to.
    case bumpedTooFar(from: Int64, by: Int64)
    /// A folder that is to be filled holds something.
    case notEmpty(path: String, entry: String)
    /// Another one is just being made there.
    case busy(path: String)
    case noSpace(path: String, neededByteCount: Int64, freeByteCount: Int64)
    /// The task was cancelled while a call for this folder had no answer, or one for the snapshot file: what was
    /// written stays until it has one, under names that etcd does not look at.
    case abandoned(path: String, isSourceSilent: Bool)
    /// The system refused, with this error number.
    case cannotWrite(path: String, code: Int32)
    /// A member lies in the folder already, and one of its files is not what this restore would write.
    case differs(folder: String, file: String)
    /// What was written does not hold the same records.
    case otherKeys
}
