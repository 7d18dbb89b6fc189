/// Items from CSV files: one per row.
package dev.mapwright.adapters.items.csv;
