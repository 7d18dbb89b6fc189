/// The page `/metrics`: what the engine counts, as OpenMetrics text.
package dev.mapwright.server.openmetrics;
