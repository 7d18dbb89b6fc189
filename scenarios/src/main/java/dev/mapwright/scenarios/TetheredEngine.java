package dev.mapwright.scenarios;

import dev.mapwright.server.Main;

/// `mapwright` as [EngineProcess] starts it: it ends with the process that did so.
final class TetheredEngine {
    private static final int STATUS = 1;

    private TetheredEngine() {}

    static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("tether").start(() -> {
            Tether.awaitEnd();
            Runtime.getRuntime().halt(STATUS);
        });
        Main.main(arguments);
    }
}
