/// The demonstration: orders from a CSV object to a table, generated, run and checked.
package dev.mapwright.server.demo;
