package dev.mapwright.engine.execution;

/// Which names AWS takes:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
final class Names {
    private static final int CHARS_MAX = 80;
    private static final String FORBIDDEN = "<>{}[]?*\"#%\\^|~`$&,;:/";

    private Names() {}

    static String check(String name) throws Refused {
        if (name.isEmpty()
                || name.length() > CHARS_MAX
                || name.chars().anyMatch(Names::isForbidden)) {
            throw new Refused("InvalidName", "Invalid Name: '%s'".formatted(name));
        }
        return name;
    }

    private static boolean isForbidden(int c) {
        return FORBIDDEN.indexOf(c) >= 0
                || Character.isWhitespace(c)
                || c <= 0x1F
                || (c >= 0x7F && c <= 0x9F)
                || c == 0xFFFE
                || c == 0xFFFF
                || Character.isSurrogate((char) c);
    }
}
