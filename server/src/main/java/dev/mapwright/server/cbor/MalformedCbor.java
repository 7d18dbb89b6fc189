package dev.mapwright.server.cbor;

/// Bytes are no CBOR, or no document that anybody would send. The message says why.
public final class MalformedCbor extends Exception {
    MalformedCbor(String why) {
        super(why, null, false, false);
    }
}
