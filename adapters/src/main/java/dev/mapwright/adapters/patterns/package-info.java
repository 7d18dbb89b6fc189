/// Patterns of events and filter policies of messages: which JSON values they match.
package dev.mapwright.adapters.patterns;
