/// The API of the built-in Athena.
package dev.mapwright.server.athena;
