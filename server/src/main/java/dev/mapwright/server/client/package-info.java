/// A small client of the three services, for the command line: it knows the endpoint's protocols
/// and nothing of the engine behind it.
package dev.mapwright.server.client;
