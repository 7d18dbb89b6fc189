/// CBOR as clients of Smithy's RPC v2 protocol write and read it.
package dev.mapwright.server.cbor;
