/// Compact bytes for what is kept: numbers, texts, instants, and answers that may be absent.
package dev.mapwright.engine.binary;
