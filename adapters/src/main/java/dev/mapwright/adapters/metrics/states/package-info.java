/// The engine's own metrics, under AWS's names, units and dimensions (`AWS/States`).
package dev.mapwright.adapters.metrics.states;
