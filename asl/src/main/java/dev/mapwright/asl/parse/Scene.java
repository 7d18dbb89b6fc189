package dev.mapwright.asl.parse;

/// What a part of the definition is parsed within.
///
/// @param language of states that name none: the whole machine's, however deep they stand, and not
///     that of the Map or Parallel state around them (measured on AWS)
/// @param depth how many States objects there are around
record Scene(Findings findings, Names names, MachineType type, Language language, int depth) {
    /// The scene inside of a branch or item processor.
    Scene inner(MachineType innerType, Language innerLanguage) {
        return new Scene(findings, names, innerType, innerLanguage, depth + 1);
    }
}
