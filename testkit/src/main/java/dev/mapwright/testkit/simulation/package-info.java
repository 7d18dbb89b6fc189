/// Random state machines run by the real engine in a simulated world, in which processes die.
package dev.mapwright.testkit.simulation;
