package org.azekura.packages;

/** Why a package will not do, in words that go on "…is refused: ", and what would do. */
final class Flaw extends Exception {

    private static final long serialVersionUID = 1;

    /** Null: nothing that is special to it. */
    private final String remedy;

    Flaw(String why) {
        this(why, null);
    }

    Flaw(String why, String remedy) {
        super(why, null, false, false);
        this.remedy = remedy;
    }

    /** With what would do; {@code otherwise} if nothing special would. */
    String advice(String otherwise) {
        return getMessage() + "; " + (remedy == null ? otherwise : remedy);
    }
}
