package dev.mapwright.asl.json;

/// A text is not JSON. The message is the parser's own, as AWS shows it: what was found and what
/// was expected, then on a second line the location. Callers that show one without the other find
/// both apart.
public final class JsonSyntaxException extends Exception {
    private final String problem;
    private final String location;

    JsonSyntaxException(String problem, String location) {
        super(problem + "\n at " + location);
        this.problem = problem;
        this.location = location;
    }

    /// What is wrong: `Unrecognized token 'not': was expecting (JSON String, …)`.
    public String problem() {
        return problem;
    }

    /// Where: `[Source: (String)"not a definition"; line: 1, column: 4]`.
    public String location() {
        return location;
    }
}
