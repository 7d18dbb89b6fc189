/// Buckets and keys in memory.
package dev.mapwright.testkit.objects;
