package dev.mapwright.adapters.topics;

/// Signs the notices of one topic.
record Signer(SigningKey key, SigningKey.Version version) {
    String sign(String text) {
        return key.sign(text, version);
    }

    String certificateUrl(String origin) {
        return origin + key.path();
    }
}
