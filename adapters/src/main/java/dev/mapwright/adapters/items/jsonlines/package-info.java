/// Items from JSON Lines files: one per line.
package dev.mapwright.adapters.items.jsonlines;
