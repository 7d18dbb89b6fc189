/// The port for what is kept: executions, journals, map runs, documents.
package dev.mapwright.engine.store;
