/// What happened: history events, notes, frames; and `Cursor`, where that leaves us.
package dev.mapwright.engine.journal;
