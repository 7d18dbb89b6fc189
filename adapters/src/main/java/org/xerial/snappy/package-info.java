/// Stands in for the native Snappy library that the Parquet library looks for by name.
package org.xerial.snappy;
