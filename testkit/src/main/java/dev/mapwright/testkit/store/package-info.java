/// A store in memory, with a disk that can be cut off.
package dev.mapwright.testkit.store;
