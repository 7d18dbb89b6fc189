/// The built-in Lambda: which functions there are, and the one place where they are called.
package dev.mapwright.adapters.functions;
