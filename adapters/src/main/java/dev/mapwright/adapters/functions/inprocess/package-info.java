/// Functions as Java classes that run in this process, for speed.
package dev.mapwright.adapters.functions.inprocess;
