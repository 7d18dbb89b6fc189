/// The Task integration `http:invoke`: any HTTP API, with the identity of a connection.
package dev.mapwright.adapters.services.http;
