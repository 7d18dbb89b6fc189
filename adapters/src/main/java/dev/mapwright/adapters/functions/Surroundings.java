package dev.mapwright.adapters.functions;

import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/// Where functions run.
///
/// @param place their partition, region and account
/// @param folder for code and logs
/// @param variables that the environment of every function has, to find the services of this
///     server; asked for when the first process starts
/// @param processesMax at once, of each version of a function
public record Surroundings(
        World world,
        Place place,
        Path folder,
        Supplier<Map<String, String>> variables,
        int processesMax) {}
