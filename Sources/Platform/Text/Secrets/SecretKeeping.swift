/// Something with a secret in it: whichever way it is printed or dumped, it shows its description and no more.
package protocol SecretKeeping: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension SecretKeeping {
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
