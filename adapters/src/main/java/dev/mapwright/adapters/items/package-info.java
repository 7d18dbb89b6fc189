/// Finds the reader for a dataset: one table of what can be read.
package dev.mapwright.adapters.items;
