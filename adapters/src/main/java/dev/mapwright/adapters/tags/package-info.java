/// Tags of what the built-in services hold, kept beside it.
package dev.mapwright.adapters.tags;
