/// What functions log, a file for each of them.
package dev.mapwright.adapters.functions.log;
