package dev.mapwright.adapters.metrics.alarms;

/// What alarms can do when their state changes, whoever does it.
public interface AlarmActions {
    /// Whether there is somebody to do this.
    ///
    /// @param actionArn of a topic, for instance
    boolean accepts(String actionArn);

    /// Where there is nobody to do anything.
    static AlarmActions nobody() {
        return new AlarmActions() {
            @Override
            public boolean accepts(String actionArn) {
                return false;
            }

            @Override
            public void perform(String actionArn, String subject, String message) {
                throw new IllegalStateException(
                        "expected to be asked for nothing, found " + actionArn);
            }
        };
    }

    /// Returns once whoever does it has taken it over. Called again after a crash, when it isn't
    /// known whether it was done.
    ///
    /// @param subject one line for humans
    /// @param message JSON, as CloudWatch sends it
    void perform(String actionArn, String subject, String message) throws InterruptedException;
}
