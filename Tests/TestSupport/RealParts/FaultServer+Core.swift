import Foundation
import Synchronization

extension FaultServer {
    /// What the server and its threads share.
    final class Core: Sendable {
        struct State {
            var requests: [Request] = []
            var connectionCount = 0
            /// The open ones, which their threads close.
            var connections: Set<Int32> = []
            var isStopped = false
        }

        let state = Mutex(State())
        private let answer: @Sendable (Request) -> Response

        init(_ answer: @escaping @Sendable (Request) -> Response) {
            self.answer = answer
        }

        var isStopped: Bool { state.withLock { $0.isStopped } }

        func stop(_ listener: Int32) {
            state.withLock { state in
                guard !state.isStopped else { return }
                state.isStopped = true
                // Whoever waits for them wakes up, and closes them.
                for descriptor in state.connections.union([listener]) { shutdown(descriptor, Int32(SHUT_RDWR)) }
            }
        }

        /// Takes connections until the server is stopped.
        func accept(from listener: Int32) {
            defer { close(listener) }
            while !isStopped {
                let descriptor = Glibc.accept(listener, nil, nil)
                guard descriptor >= 0 else {
                    usleep(1000)
                    continue
                }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                guard let number = open(descriptor) else {
                    close(descriptor)
                    return
                }
                Thread.detachNewThread { self.serve(descriptor, number) }
            }
        }

        private func serve(_ descriptor: Int32, _ number: Int) {
            var reader = HTTPReader(descriptor)
            let writer = ResponseWriter(descriptor: descriptor, isStopped: { self.isStopped })
            while var request = Request(from: &reader, connection: number) {
                state.withLock { state in
                    request.index = state.requests.count
                    state.requests.append(request)
                }
                guard writer.send(answer(request), to: request) else { break }
            }
            state.withLock { state in
                state.connections.remove(descriptor)
                // Not only closed: another test's child may have got it, too.
                shutdown(descriptor, Int32(SHUT_RDWR))
                close(descriptor)
            }
        }

        /// - Returns: Its number; `nil` where the server is stopped.
        private func open(_ descriptor: Int32) -> Int? {
            state.withLock { state in
                guard !state.isStopped else { return nil }
                state.connections.insert(descriptor)
                defer { state.connectionCount += 1 }
                return state.connectionCount
            }
        }
    }
}
