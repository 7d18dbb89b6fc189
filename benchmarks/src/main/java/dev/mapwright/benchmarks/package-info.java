/// What the engine costs: each benchmark in a fresh process, beside a loop written by hand.
package dev.mapwright.benchmarks;
