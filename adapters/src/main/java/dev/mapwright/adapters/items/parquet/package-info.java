/// Items from Parquet files: one per row, read with Hardwood.
package dev.mapwright.adapters.items.parquet;
