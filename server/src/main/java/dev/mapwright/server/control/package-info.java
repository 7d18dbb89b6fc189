/// Mapwright's own interface, for what AWS has no operation for.
package dev.mapwright.server.control;
