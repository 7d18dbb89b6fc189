/// Requests to built-in services as plain trees: reading their members, and refusing them.
package dev.mapwright.adapters.request;
