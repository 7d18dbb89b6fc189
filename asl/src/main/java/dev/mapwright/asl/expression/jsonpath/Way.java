package dev.mapwright.asl.expression.jsonpath;

/// The way from a path's root to what it selects.
sealed interface Way permits ReferenceWay, SearchWay {
    /// What [#walk] gives where nothing is selected; a value that no tree contains.
    Object NOTHING = new Object();

    /// The selected part of a tree, which is shared with it, or [#NOTHING].
    Object walk(Object tree);

    /// Why a walk over this tree selects nothing, in the words that AWS shows.
    String explain(Object tree);

    /// Whether the way leads to the root itself.
    boolean isEmpty();
}
