/// Alarms on metrics: kept, evaluated, and acted on when their state changes.
package dev.mapwright.adapters.metrics.alarms;
