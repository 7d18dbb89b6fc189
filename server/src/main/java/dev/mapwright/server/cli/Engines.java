package dev.mapwright.server.cli;

import dev.mapwright.server.config.Configuration;

import java.net.URI;

/// How the command line gets an engine: in this process, behind an endpoint.
public interface Engines {
    /// Returns when it is ready to answer.
    Running start(Configuration configuration) throws CannotStart;

    /// An engine that answers until it is closed. Closing loses nothing.
    interface Running extends AutoCloseable {
        URI endpoint();

        @Override
        void close();
    }

    /// The message is for the user: a port in use, a data folder in use or not writable, ….
    final class CannotStart extends Exception {
        public CannotStart(String message) {
            super(message, null, false, false);
        }
    }
}
