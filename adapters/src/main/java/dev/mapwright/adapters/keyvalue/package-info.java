/// The one RocksDB of a data folder, as named ordered spaces with a group-committing writer.
package dev.mapwright.adapters.keyvalue;
