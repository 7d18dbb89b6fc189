package dev.mapwright.adapters.functions.inprocess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A function that is a class.
///
/// @param handler `com.example.Orders`, or with a method: `com.example.Orders::enrich`
/// @param place the jar or the folder that has the class; absent: this product's own class path
/// @param memoryMegabytes what the function is told
public record JavaProgram(
        String name,
        String version,
        String handler,
        Optional<Path> place,
        Duration timeout,
        int memoryMegabytes) {}
