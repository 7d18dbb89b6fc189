/// Time, chance and strands: the seam between engine and reality.
package dev.mapwright.engine.world;
