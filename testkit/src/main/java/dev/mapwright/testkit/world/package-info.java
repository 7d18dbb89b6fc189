/// A world of its own for each simulated run: virtual time, a seed, and crashes.
package dev.mapwright.testkit.world;
