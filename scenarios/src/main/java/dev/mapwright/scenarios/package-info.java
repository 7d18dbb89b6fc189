/// Whole applications of the Distributed Map, after published ones: each generates its data, runs
/// on a fresh engine through public AWS clients alone, and recounts everything that came out.
package dev.mapwright.scenarios;
