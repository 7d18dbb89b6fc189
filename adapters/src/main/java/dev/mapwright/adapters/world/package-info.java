/// The real world: the system's clock, random numbers, and virtual threads.
package dev.mapwright.adapters.world;
