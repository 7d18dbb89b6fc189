/// Metrics as CloudWatch keeps them: statistic sets by time, in memory first and then in the store.
package dev.mapwright.adapters.metrics;
