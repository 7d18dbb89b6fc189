/// Result files and the manifest of a map run's export.
package dev.mapwright.adapters.results;
