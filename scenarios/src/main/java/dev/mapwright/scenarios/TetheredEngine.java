package dev.mapwright.scenarios;

import dev.mapwright.server.Main;

import java.io.IOException;
import java.io.OutputStream;

/// `mapwright` as [EngineProcess] starts it: it ends with the process that did so, however that one
/// ended, so that no engine stays behind when a scenario runs out of memory or is killed.
///
/// Only the other process holds the far end of this one's standard input, which the system closes
/// when it is gone.
final class TetheredEngine {
    private static final int STATUS = 1;

    private TetheredEngine() {}

    static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("tether").start(TetheredEngine::endWithInput);
        Main.main(arguments);
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // Nobody is there either.
        } finally {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
