package dev.mapwright.engine.interpreter;

/// Where the engine says it runs: part of every ARN.
public record Place(String partition, String region, String account) {
    /// `arn:aws:states:us-east-1:123456789012:` and what follows.
    public String arn(String resource) {
        return "arn:" + partition + ":states:" + region + ":" + account + ":" + resource;
    }
}
