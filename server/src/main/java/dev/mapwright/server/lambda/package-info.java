/// The wire protocol of the built-in Lambda: its control API and Invoke, as REST with JSON.
package dev.mapwright.server.lambda;
