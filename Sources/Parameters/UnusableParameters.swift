/// All that is wrong with what was given for parameters; at least one thing.
package struct UnusableParameters: Error, Equatable {
    package let problems: [ParameterError]
}
