package dev.mapwright.adapters.objects.local;

/// ETags in conditions.
final class Etags {
    private Etags() {}

    /// @param wanted `*`, or ETags with or without quotation marks and commas between them
    static boolean match(String wanted, String etag) {
        for (String each : wanted.split(",")) {
            String candidate = each.strip();
            if (candidate.equals("*") || bare(candidate).equals(bare(etag))) {
                return true;
            }
        }
        return false;
    }

    static String bare(String etag) {
        String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        return strong.replace("\"", "");
    }
}
