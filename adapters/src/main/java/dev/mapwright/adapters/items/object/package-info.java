/// An object as its readers see it: one version, from any byte on, decompressed.
package dev.mapwright.adapters.items.object;
