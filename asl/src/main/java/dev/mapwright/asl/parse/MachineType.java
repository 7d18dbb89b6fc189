package dev.mapwright.asl.parse;

/// The type of a state machine, or of the child executions that run an item processor.
enum MachineType {
    STANDARD,
    EXPRESS
}
