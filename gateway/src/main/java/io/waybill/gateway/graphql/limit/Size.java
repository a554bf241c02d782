package io.waybill.gateway.graphql.limit;

/**
 * How much a selection asks for, with its fragments spread. Sums stop growing at {@link #PLENTY}.
 */
record Size(int fields, int aliases, int directives, int depth) {

    /** Far beyond any limit, and far from an overflow. */
    private static final int PLENTY = 1_000_000;

    static final Size NOTHING = new Size(0, 0, 0, 0);

    /** Both, side by side. */
    Size and(Size other) {
        return new Size(
                Math.min(PLENTY, fields + other.fields),
                Math.min(PLENTY, aliases + other.aliases),
                Math.min(PLENTY, directives + other.directives),
                Math.max(depth, other.depth));
    }

    /** The same within a field. */
    Size within(boolean aliased, int itsDirectives) {
        return and(new Size(1, aliased ? 1 : 0, itsDirectives, 0)).deeper();
    }

    private Size deeper() {
        return new Size(fields, aliases, directives, depth + 1);
    }

    Size withDirectives(int more) {
        return more == 0 ? this : and(new Size(0, 0, more, 0));
    }
}
