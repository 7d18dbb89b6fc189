/// The built-in EventBridge: event buses, rules by pattern and by schedule, and their targets.
package dev.mapwright.adapters.events;
