/// What every adapter of a port must do, as tests to inherit.
package dev.mapwright.testkit.contract;
