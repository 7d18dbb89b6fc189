/// One target for each reader: what holds of it whatever its dataset holds.
package dev.mapwright.fuzz;
