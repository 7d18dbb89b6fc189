/// What map runs are given in tests and simulations.
package dev.mapwright.testkit.maprun;
